package org.bitcloud.consensus.ledger;

import java.math.BigInteger;
import java.util.Comparator;

/// How good the chain up to a block is: the fork choice prefers the greater. Scores of one chain
/// are all of one kind.
public sealed interface Score extends Comparable<Score> {
  /// The sum of the work, or of the turns, of all blocks.
  record Work(BigInteger total) implements Score {
    @Override
    public int compareTo(Score other) {
      return total.compareTo(((Work) other).total);
    }
  }

  /// The latest view with a certificate.
  record View(long term, long view) implements Score {
    private static final Comparator<View> ORDER =
        Comparator.comparingLong(View::term).thenComparingLong(View::view);

    @Override
    public int compareTo(Score other) {
      return ORDER.compare(this, (View) other);
    }
  }
}
