package org.bitcloud.chain.pool;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.contracts.AdmissionRule;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;

/// Offers executable transactions by tip, the highest first and the older of equals, each sender's
/// by nonce. Looks at the queues while they change: who comes late may be offered still.
final class FeeOrder implements TransactionSource {
  private final PriorityQueue<Run> runs;
  private final Amount baseFee;
  private final Consumer<Address> onDoubt;
  private @Nullable Run offered;

  /* The head of a run stands for the run: what comes after it cannot go before it. */
  private record Run(SenderQueue queue, PooledTransaction head, Amount tip) {
    long arrival() {
      return head.arrival();
    }
  }

  /// @param onDoubt told of a sender whose transaction the state of the block refused
  FeeOrder(Collection<SenderQueue> senders, Amount baseFee, Consumer<Address> onDoubt) {
    this.baseFee = baseFee;
    this.onDoubt = onDoubt;
    this.runs =
        new PriorityQueue<>(
            Comparator.comparing(Run::tip).reversed().thenComparingLong(Run::arrival));
    for (SenderQueue queue : senders) {
      enter(queue, queue.head());
    }
  }

  private void enter(SenderQueue queue, @Nullable PooledTransaction head) {
    if (head != null && head.transaction().maxFeePerGas().compareTo(baseFee) >= 0) {
      runs.add(new Run(queue, head, head.transaction().tip(baseFee)));
    }
  }

  @Override
  public Optional<SignedTransaction> next() {
    Run last = offered;
    if (last != null) {
      enter(last.queue(), last.queue().at(last.head().nonce() + 1));
    }
    Run best = runs.poll();
    offered = best;
    return best == null ? Optional.empty() : Optional.of(best.head().signed());
  }

  /// Leaves the rest of that sender out of this block; it stays in the pool for the next. But a
  /// nonce that the block's own branch has used already is only passed over.
  @Override
  public void refused(SignedTransaction transaction, String code, String detail) {
    Run last = offered;
    if (last == null || code.equals(AdmissionRule.NONCE_TOO_LOW.code())) {
      return;
    }
    offered = null;
    if (code.equals(AdmissionRule.INSUFFICIENT_FUNDS.code())) {
      onDoubt.accept(last.queue().sender());
    }
  }
}
