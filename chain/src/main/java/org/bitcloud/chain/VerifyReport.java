package org.bitcloud.chain;

import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// What a verification found good.
///
/// @param head the height it went up to; genesis counts as block 0
/// @param transactions how many were executed again
/// @param stateRoot root of the state after the head
/// @param totals the coins in it
public record VerifyReport(
    Height head, long transactions, Hash stateRoot, StateAudit.Totals totals) {}
