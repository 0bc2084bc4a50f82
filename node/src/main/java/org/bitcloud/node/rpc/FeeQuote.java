package org.bitcloud.node.rpc;

import org.bitcloud.primitives.Amount;

/// What this node suggests to wallets.
final class FeeQuote {
  /// The tip that gets a transaction into the next block of a chain that is not full: one gwei.
  static final Amount TIP = Amount.of(1_000_000_000L);

  private FeeQuote() {}
}
