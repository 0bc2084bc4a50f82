package org.bitcloud.contracts;

import java.util.List;
import org.bitcloud.primitives.Bytes;

/// What a call would do; nothing was written.
///
/// @param status how it ended
/// @param gasUsed gas that a transaction with this call would pay for; nothing is ever refunded, so
///   a gas limit of just this much suffices
/// @param logs events, none if it failed
/// @param output what the call returned, or the ABI-encoded reason when it reverted
/// @param message why it failed, in words; empty on success
public record CallResult(
    Status status, long gasUsed, List<Log> logs, Bytes output, String message) {
  /// How a call can end.
  public enum Status {
    /// It ran to its end.
    SUCCESS,
    /// A rule of the corporation forbids it; the output says which.
    REVERTED,
    /// It needs more gas than its limit.
    OUT_OF_GAS,
    /// It would not even start: too little gas for its bytes, or the caller lacks the value.
    REFUSED
  }

  /// Copies the logs.
  public CallResult {
    logs = List.copyOf(logs);
  }

  /// Whether it ran to its end.
  public boolean success() {
    return status == Status.SUCCESS;
  }
}
