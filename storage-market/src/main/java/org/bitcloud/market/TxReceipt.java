package org.bitcloud.market;

import java.util.List;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// What became of a transaction: its block, whether it succeeded, what it cost and its events.
///
/// `reason` is the revert reason such as `STO-07 price list expired`; empty on success.
public record TxReceipt(
    Hash transaction,
    Height height,
    boolean success,
    long gasUsed,
    Amount effectiveGasPrice,
    List<LedgerLog> logs,
    String reason) {
  /// Copies the logs.
  public TxReceipt {
    logs = List.copyOf(logs);
  }

  /// Returns the fee in drops.
  public Amount fee() {
    return effectiveGasPrice.times(gasUsed);
  }
}
