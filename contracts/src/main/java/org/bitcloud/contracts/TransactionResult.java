package org.bitcloud.contracts;

import java.util.List;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;

/// What an applied transaction did.
///
/// @param success whether its call ran to the end
/// @param gasUsed gas paid for
/// @param effectiveGasPrice drops paid for each unit of gas, base fee and tip together
/// @param burned drops of the base fee, destroyed; what the call itself burned is not in it
/// @param tip drops that the proposer got
/// @param logs events, none if it failed
/// @param output what the call returned, or the ABI-encoded reason of its failure
public record TransactionResult(
    boolean success,
    long gasUsed,
    Amount effectiveGasPrice,
    Amount burned,
    Amount tip,
    List<Log> logs,
    Bytes output) {
  /// Copies the logs.
  public TransactionResult {
    logs = List.copyOf(logs);
  }
}
