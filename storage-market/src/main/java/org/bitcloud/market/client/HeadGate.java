package org.bitcloud.market.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bitcloud.market.Head;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.Subscription;
import org.jspecify.annotations.Nullable;

/// Waits for new blocks, and for something to become true on chain by looking again at each.
///
/// Safe for any number of threads.
public final class HeadGate implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Subscription subscription;
  private @Nullable Head newest;
  private boolean closed;

  /// Watches the heads of a ledger until closed.
  public HeadGate(Ledger ledger) {
    this.subscription = ledger.onHead(this::moved);
  }

  /// Something that is asked at each block; it may call the ledger.
  @FunctionalInterface
  public interface Check<T> {
    /// Looks; empty means not yet.
    Optional<T> look() throws LedgerException;
  }

  /// Looks now and at each new block until there is a result or the time is up.
  ///
  /// A ledger that does not answer is asked again at the next block.
  ///
  /// @return empty when the time is up, the gate was closed or the thread interrupted
  /// @throws LedgerException when the check fails for good, or has no answer when the time is up
  public <T> Optional<T> await(Check<T> check, Duration patience) throws LedgerException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      @Nullable Head seen = newest();
      LedgerException failure = null;
      try {
        Optional<T> result = check.look();
        if (result.isPresent()) {
          return result;
        }
      } catch (LedgerException e) {
        if (!e.retryable()) {
          throw e;
        }
        failure = e;
      }
      if (next(seen, deadline) == null) {
        if (failure != null) {
          throw failure;
        }
        return Optional.empty();
      }
    }
  }

  /// Waits for a newer block than one already seen; those that came meanwhile count as one.
  ///
  /// @param seen the last one this returned; null before the first
  /// @return null when the gate was closed or the thread interrupted
  public @Nullable Head next(@Nullable Head seen) {
    return next(seen, System.nanoTime() + Long.MAX_VALUE);
  }

  /// Whether the gate was closed, so that waiting is of no use any more.
  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the subscription and every wait.
  @Override
  public void close() {
    subscription.close();
    lock.lock();
    try {
      closed = true;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void moved(Head head) {
    lock.lock();
    try {
      newest = head;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Head newest() {
    lock.lock();
    try {
      return newest;
    } finally {
      lock.unlock();
    }
  }

  // Heads are never repeated, so another object is another head. Null when there is none in time.
  @SuppressWarnings("ReferenceEquality")
  private @Nullable Head next(@Nullable Head seen, long deadline) {
    lock.lock();
    try {
      while (newest == seen && !closed) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || (!moved.await(left, TimeUnit.NANOSECONDS) && newest == seen)) {
          return null;
        }
      }
      return closed ? null : newest;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }
}
