package org.bitcloud.node.adapter;

import org.bitcloud.market.Ledger;
import org.bitcloud.node.TestLedgerNode;

/// Through JSON-RPC.
class RpcLedgerTest extends LedgerContract {
  @Override
  Ledger open(TestLedgerNode running) {
    return new RpcLedger(running.url(), java.time.Duration.ZERO);
  }
}
