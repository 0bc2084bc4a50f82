package org.bitcloud.node;

import org.bitcloud.market.Ledger;

/// Where a service gets its ledger from when it starts.
@FunctionalInterface
public interface LedgerSource {
  /// Opens a ledger, which the caller closes.
  Ledger open();
}
