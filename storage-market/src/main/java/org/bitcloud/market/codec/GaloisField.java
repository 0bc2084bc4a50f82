package org.bitcloud.market.codec;

/// The field GF(2^8) with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (`0x11d`); addition is XOR.
///
/// Elements are ints from 0 to 255.
final class GaloisField {
  static final int POLYNOMIAL = 0x11d;

  // POWERS[i] is 2^i, repeated so that sums of two logarithms need no reduction.
  private static final int[] POWERS = new int[510];
  private static final int[] LOGARITHMS = new int[256];

  static {
    int power = 1;
    for (int i = 0; i < 255; i++) {
      POWERS[i] = power;
      POWERS[i + 255] = power;
      LOGARITHMS[power] = i;
      power <<= 1;
      if (power > 255) {
        power ^= POLYNOMIAL;
      }
    }
  }

  private GaloisField() {}

  static int multiply(int a, int b) {
    return a == 0 || b == 0 ? 0 : POWERS[LOGARITHMS[a] + LOGARITHMS[b]];
  }

  /// The element that gives 1 when multiplied by `a`.
  ///
  /// @throws ArithmeticException if `a` is 0
  static int inverse(int a) {
    if (a == 0) {
      throw new ArithmeticException("zero has no inverse");
    }
    return POWERS[255 - LOGARITHMS[a]];
  }
}
