package org.bitcloud.contracts;

/// A call needs more gas than its limit.
///
/// Thrown through a corporation's code by what it charges; only the executor catches it.
final class OutOfGasException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfGasException() {
    // It unwinds the stack and is never shown: no trace, no suppression.
    super("out of gas", null, false, false);
  }
}
