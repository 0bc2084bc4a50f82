package org.bitcloud.chain;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;

/// Recovers the signers of many transactions or attestations on all processors. Each remembers its
/// own, so a second call costs next to nothing.
/* Chunks are claimed from a counter and the caller claims too. Helpers on the pool only speed it up:
a pool that is busy, shut down or the caller's own cannot block the result. */
final class SenderRecovery {
  private static final int TRANSACTIONS_A_CHUNK = 32;

  private final Executor pool;
  private final int helpers;

  SenderRecovery(Executor pool, int processors) {
    this.pool = pool;
    this.helpers = Math.max(0, processors - 1);
  }

  /// An item with a signature that names nobody.
  ///
  /// @param index its place in the list
  /// @param reason what is wrong with it
  record Failure(int index, String reason) {}

  /// Recovers all senders.
  ///
  /// @return the failure of the lowest index, or empty when all have a sender
  Optional<Failure> recover(List<SignedTransaction> transactions) {
    return recover(transactions, TRANSACTIONS_A_CHUNK, SignedTransaction::sender);
  }

  /// Recovers all signers, of whom an attestation has up to 65.
  ///
  /// @return the failure of the lowest index, or empty when all have signers
  Optional<Failure> recoverSigners(List<BandwidthAttestation> attestations) {
    return recover(attestations, 1, BandwidthAttestation::signers);
  }

  private <T> Optional<Failure> recover(List<T> items, int chunk, Recovery<T> recovery) {
    int chunks = (items.size() + chunk - 1) / chunk;
    Work<T> work = new Work<>(items, chunk, chunks, recovery);
    for (int i = 0; i < Math.min(helpers, chunks - 1); i++) {
      try {
        pool.execute(work);
      } catch (RejectedExecutionException e) {
        break; // the caller does it all
      }
    }
    work.run();
    work.awaitHelpers();
    return Optional.ofNullable(work.firstFailure.get());
  }

  /// Finds out who signed.
  private interface Recovery<T> {
    Object of(T item) throws MalformedException;
  }

  private static final class Work<T> implements Runnable {
    private final List<T> items;
    private final int chunk;
    private final int chunks;
    private final Recovery<T> recovery;
    private final AtomicInteger claimed = new AtomicInteger();
    private final CountDownLatch done;
    private final AtomicReference<@Nullable Failure> firstFailure = new AtomicReference<>();

    Work(List<T> items, int chunk, int chunks, Recovery<T> recovery) {
      this.items = items;
      this.chunk = chunk;
      this.chunks = chunks;
      this.recovery = recovery;
      this.done = new CountDownLatch(chunks);
    }

    @Override
    public void run() {
      for (int next = claimed.getAndIncrement(); next < chunks; next = claimed.getAndIncrement()) {
        try {
          recover(next * chunk, Math.min(items.size(), (next + 1) * chunk));
        } finally {
          done.countDown();
        }
      }
    }

    private void recover(int from, int to) {
      for (int i = from; i < to; i++) {
        try {
          var _ = recovery.of(items.get(i));
        } catch (MalformedException e) {
          Failure failure = new Failure(i, String.valueOf(e.getMessage()));
          firstFailure.accumulateAndGet(failure, Work::earlier);
        }
      }
    }

    private static Failure earlier(@Nullable Failure known, Failure other) {
      return known != null && known.index() <= other.index() ? known : other;
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
