package org.bitcloud.market;

import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// An event of a corporation with the place where the chain recorded it.
public record LedgerLog(Log log, Height height, Hash transaction, int logIndex) {}
