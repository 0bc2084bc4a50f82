package org.bitcloud.simulation;

import java.math.BigDecimal;
import java.math.MathContext;

/// The range in which a count of hits lies but for so much chance, from the exact distribution.
///
/// @param low least count
/// @param high greatest count
public record BinomialBounds(long low, long high) {
  /// Bounds for `tries` independent tries that each hit with probability `hit`: fewer than `low`
  /// hits have a probability of at most `outside / 2`, and so have more than `high`.
  public static BinomialBounds of(int tries, double hit, double outside) {
    BigDecimal tail = BigDecimal.valueOf(outside / 2);
    return new BinomialBounds(lowerEnd(tries, hit, tail), tries - lowerEnd(tries, 1 - hit, tail));
  }

  /// The greatest `k` with `P(hits < k) <= tail`.
  private static int lowerEnd(int tries, double hit, BigDecimal tail) {
    MathContext digits = MathContext.DECIMAL64;
    BigDecimal odds = BigDecimal.valueOf(hit).divide(BigDecimal.valueOf(1 - hit), digits);
    // Starts at P(0), which may be far below any double, and walks up term by term.
    BigDecimal term = BigDecimal.valueOf(1 - hit).pow(tries, digits);
    BigDecimal below = BigDecimal.ZERO;
    for (int k = 0; k < tries; k++) {
      below = below.add(term, digits);
      if (below.compareTo(tail) > 0) {
        return k;
      }
      term =
          term.multiply(odds, digits)
              .multiply(BigDecimal.valueOf(tries - k), digits)
              .divide(BigDecimal.valueOf(k + 1), digits);
    }
    return tries;
  }

  /// Whether a count lies within.
  public boolean contains(long count) {
    return low <= count && count <= high;
  }
}
