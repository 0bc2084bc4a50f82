package org.bitcloud.chain.state;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Runs the parts of one computation on the calling thread and on helpers of a pool.
/* Parts are claimed from a counter and the caller claims too. Helpers only speed it up: a pool that
is busy, shut down or the caller's own cannot block the result. */
public final class Workers {
  /// The calling thread alone.
  public static final Workers NONE = new Workers(Runnable::run, 1);

  private final Executor pool;
  private final int helpers;

  /// The caller and as many tasks of a pool as there are further processors.
  ///
  /// @param processors at least 1
  public Workers(Executor pool, int processors) {
    this.pool = pool;
    this.helpers = processors - 1;
  }

  /// Runs every part once and returns when all have ended. What the parts wrote is visible then.
  ///
  /// @param part told its number, from 0 on; runs on any thread
  /// @throws RuntimeException what a part threw; then parts may have been left out
  public void run(int parts, IntConsumer part) {
    if (parts == 1 || helpers == 0) {
      for (int i = 0; i < parts; i++) {
        part.accept(i);
      }
      return;
    }
    Work work = new Work(parts, part);
    for (int i = 0; i < Math.min(helpers, parts - 1); i++) {
      try {
        pool.execute(work);
      } catch (RejectedExecutionException e) {
        break; // the caller does it all
      }
    }
    work.run();
    work.await();
  }

  private static final class Work implements Runnable {
    private final int parts;
    private final IntConsumer part;
    private final AtomicInteger claimed = new AtomicInteger();
    private final CountDownLatch open;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Work(int parts, IntConsumer part) {
      this.parts = parts;
      this.part = part;
      this.open = new CountDownLatch(parts);
    }

    @Override
    public void run() {
      for (int next = claimed.getAndIncrement(); next < parts; next = claimed.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            part.accept(next);
          }
        } catch (RuntimeException | Error e) {
          var _ = failure.compareAndSet(null, e);
        } finally {
          open.countDown();
        }
      }
    }

    /* Only parts that a helper has claimed are still open here: each is a few milliseconds of pure
    computation, so the wait is short and not worth an interruption that would lose the result. */
    void await() {
      boolean interrupted = false;
      while (open.getCount() > 0) {
        try {
          open.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      switch (failure.get()) {
        case null -> {
          // All went well.
        }
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        case Throwable other -> throw new IllegalStateException(other);
      }
    }
  }
}
