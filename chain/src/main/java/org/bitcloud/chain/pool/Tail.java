package org.bitcloud.chain.pool;

import java.util.Comparator;
import org.bitcloud.primitives.Amount;

/// The last transaction of a sender, which may make room for another. The first to go is the least.
///
/// @param transaction the one of the sender's highest nonce
/// @param executable whether no nonce is missing before it
record Tail(PooledTransaction transaction, boolean executable) implements Comparable<Tail> {
  private static final Comparator<Tail> BY_WORTH =
      Comparator.comparing(Tail::executable).thenComparing(Tail::feeCap);
  private static final Comparator<Tail> ORDER =
      BY_WORTH
          .thenComparing(tail -> tail.transaction().transaction().maxPriorityFeePerGas())
          .thenComparing(
              Comparator.comparingLong((Tail tail) -> tail.transaction().arrival()).reversed());

  private Amount feeCap() {
    return transaction.transaction().maxFeePerGas();
  }

  /// Whether this must go for the other: it waits behind a gap and the other does not, or its fee
  /// cap is lower.
  boolean yieldsTo(Tail other) {
    return BY_WORTH.compare(this, other) < 0;
  }

  @Override
  public int compareTo(Tail other) {
    return ORDER.compare(this, other);
  }
}
