package org.bitcloud.primitives;

/// Assertions that are always on; a failure means that the node must stop.
public final class Invariant {
  private Invariant() {}

  /// Does nothing if the condition holds.
  ///
  /// @throws InvariantViolation if it does not
  public static void check(boolean condition, String message) {
    if (!condition) {
      throw new InvariantViolation(message);
    }
  }
}
