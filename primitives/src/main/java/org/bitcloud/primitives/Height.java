package org.bitcloud.primitives;

/// The number of a block, genesis being 0.
///
/// @param value never negative
public record Height(long value) implements Comparable<Height> {
  /// The height of genesis.
  public static final Height GENESIS = new Height(0);

  /// Checks the sign.
  ///
  /// @throws IllegalArgumentException if the value is negative
  public Height {
    if (value < 0) {
      throw new IllegalArgumentException("a height is never negative: " + value);
    }
  }

  /// The height of a block number.
  ///
  /// @throws IllegalArgumentException if it is negative
  public static Height of(long value) {
    return new Height(value);
  }

  /// The height of the block after this one.
  ///
  /// @throws ArithmeticException after 2^63 - 1
  public Height next() {
    return plus(1);
  }

  /// The height so many blocks later.
  ///
  /// @throws ArithmeticException beyond 2^63 - 1
  public Height plus(long blocks) {
    return new Height(Math.addExact(value, blocks));
  }

  /// The height so many blocks earlier.
  ///
  /// @throws IllegalArgumentException before genesis
  public Height minus(long blocks) {
    return new Height(Math.subtractExact(value, blocks));
  }

  /// How many blocks lie between an earlier height and this one; negative if it is later.
  public long minus(Height other) {
    return value - other.value;
  }

  /// Whether this height is below another.
  public boolean isBefore(Height other) {
    return value < other.value;
  }

  @Override
  public int compareTo(Height other) {
    return Long.compare(value, other.value);
  }

  /// The decimal number.
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
