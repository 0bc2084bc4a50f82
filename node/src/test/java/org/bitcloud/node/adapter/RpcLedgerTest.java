package org.bitcloud.node.adapter;

import java.time.Duration;
import org.bitcloud.market.Ledger;
import org.bitcloud.node.TestLedgerNode;

/// Through JSON-RPC.
class RpcLedgerTest extends LedgerContract {
  @Override
  Ledger open(TestLedgerNode running) {
    return new RpcLedger(running.url(), Duration.ZERO);
  }
}
