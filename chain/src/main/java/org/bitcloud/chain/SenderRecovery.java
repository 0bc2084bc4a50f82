package org.bitcloud.chain;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.tx.SignedTransaction;

/// Recovers the senders of many transactions on all processors. Each transaction remembers its own,
/// so a second call costs next to nothing.
/* Chunks are claimed from a counter and the caller claims too. Helpers on the pool only speed it up:
a pool that is busy, shut down or the caller's own cannot block the result. */
final class SenderRecovery {
  private static final int CHUNK = 32;

  private final Executor pool;
  private final int helpers;

  SenderRecovery(Executor pool, int processors) {
    this.pool = pool;
    this.helpers = Math.max(0, processors - 1);
  }

  /// A transaction whose signature names nobody.
  ///
  /// @param index its place in the list
  /// @param reason what is wrong with it
  record Failure(int index, String reason) {}

  /// Recovers all senders.
  ///
  /// @return the failure of the lowest index, or empty when all have a sender
  Optional<Failure> recover(List<SignedTransaction> transactions) {
    int chunks = (transactions.size() + CHUNK - 1) / CHUNK;
    Work work = new Work(transactions, chunks);
    for (int i = 0; i < Math.min(helpers, chunks - 1); i++) {
      try {
        pool.execute(work);
      } catch (RejectedExecutionException e) {
        break; // the caller does it all
      }
    }
    work.run();
    work.awaitHelpers();
    int failed = work.firstFailure.get();
    return failed == Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new Failure(failed, reasonOf(transactions.get(failed))));
  }

  private static String reasonOf(SignedTransaction transaction) {
    try {
      return "sender " + transaction.sender();
    } catch (MalformedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static final class Work implements Runnable {
    private final List<SignedTransaction> transactions;
    private final int chunks;
    private final AtomicInteger claimed = new AtomicInteger();
    private final CountDownLatch done;
    private final AtomicInteger firstFailure = new AtomicInteger(Integer.MAX_VALUE);

    Work(List<SignedTransaction> transactions, int chunks) {
      this.transactions = transactions;
      this.chunks = chunks;
      this.done = new CountDownLatch(chunks);
    }

    @Override
    public void run() {
      for (int chunk = claimed.getAndIncrement();
          chunk < chunks;
          chunk = claimed.getAndIncrement()) {
        try {
          recover(chunk);
        } finally {
          done.countDown();
        }
      }
    }

    private void recover(int chunk) {
      int end = Math.min(transactions.size(), (chunk + 1) * CHUNK);
      for (int i = chunk * CHUNK; i < end; i++) {
        try {
          var _ = transactions.get(i).sender();
        } catch (MalformedException e) {
          int index = i;
          firstFailure.accumulateAndGet(index, Math::min);
        }
      }
    }

    /* Only chunks that a helper has claimed are still open here: each is a few milliseconds of pure
    computation, so the wait is short and not worth an interruption that would lose the verdict. */
    void awaitHelpers() {
      boolean interrupted = false;
      while (done.getCount() > 0) {
        try {
          done.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
