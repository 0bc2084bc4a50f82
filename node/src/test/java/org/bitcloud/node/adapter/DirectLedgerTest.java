package org.bitcloud.node.adapter;

import org.bitcloud.market.Ledger;
import org.bitcloud.node.TestLedgerNode;

/// Through the chain of the same process.
class DirectLedgerTest extends LedgerContract {
  @Override
  Ledger open(TestLedgerNode running) {
    return running.node().directLedger();
  }
}
