package org.bitcloud.chain.pool;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;

/// Offers executable transactions by tip, the highest first and the older of equals, each sender's
/// by nonce. Works on copies: the pool may change meanwhile.
final class FeeOrder implements TransactionSource {
  private final PriorityQueue<Run> runs;
  private @Nullable Run offered;

  /* The head of a run stands for the run: what comes after it cannot go before it. */
  private record Run(Deque<PooledTransaction> rest, Amount tip) {
    static Optional<Run> of(Deque<PooledTransaction> rest, Amount baseFee) {
      PooledTransaction head = rest.peekFirst();
      if (head == null || head.transaction().maxFeePerGas().compareTo(baseFee) < 0) {
        return Optional.empty();
      }
      return Optional.of(new Run(rest, head.transaction().tip(baseFee)));
    }

    long arrival() {
      return rest.getFirst().arrival();
    }
  }

  private final Amount baseFee;

  FeeOrder(Collection<List<PooledTransaction>> executable, Amount baseFee) {
    this.baseFee = baseFee;
    this.runs =
        new PriorityQueue<>(
            Comparator.comparing(Run::tip).reversed().thenComparingLong(Run::arrival));
    for (List<PooledTransaction> run : executable) {
      Run.of(new ArrayDeque<>(run), baseFee).ifPresent(runs::add);
    }
  }

  @Override
  public Optional<SignedTransaction> next() {
    Run last = offered;
    if (last != null) {
      last.rest().removeFirst();
      Run.of(last.rest(), baseFee).ifPresent(runs::add);
    }
    Run best = runs.poll();
    offered = best;
    return best == null ? Optional.empty() : Optional.of(best.rest().getFirst().signed());
  }

  /// Leaves the rest of that sender out of this block; it stays in the pool for the next.
  @Override
  public void refused(SignedTransaction transaction, String code, String detail) {
    offered = null;
  }
}
