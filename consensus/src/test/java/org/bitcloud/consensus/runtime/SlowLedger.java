package org.bitcloud.consensus.runtime;

import org.bitcloud.consensus.ledger.Decision;
import org.bitcloud.consensus.ledger.ForwardingLedger;
import org.bitcloud.consensus.ledger.LedgerPort;

/// A ledger whose decisions are what the test says.
final class SlowLedger extends ForwardingLedger {
  private final Runnable onDecide;

  SlowLedger(LedgerPort ledger, Runnable onDecide) {
    super(ledger);
    this.onDecide = onDecide;
  }

  @Override
  public void decide(Decision decision) {
    onDecide.run();
  }
}
