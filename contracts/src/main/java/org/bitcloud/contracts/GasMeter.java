package org.bitcloud.contracts;

import org.bitcloud.primitives.Invariant;

/// Counts the gas of one call against its limit. For one thread.
final class GasMeter {
  private final long limit;
  private long used;

  GasMeter(long limit) {
    this.limit = limit;
  }

  /// Counts so much gas.
  ///
  /// @throws OutOfGasException if it exceeds what is left; then all of the limit counts as used
  void charge(long gas) {
    Invariant.check(gas >= 0, "gas charged is negative");
    if (gas > limit - used) {
      used = limit;
      throw new OutOfGasException();
    }
    used += gas;
  }

  long used() {
    return used;
  }
}
