package org.bitcloud.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Collects events from any thread and lets a test wait for the one it needs, never for long.
///
/// @param <T> the type of event
public final class Await<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final List<T> events = new ArrayList<>();

  /// Nothing has happened yet.
  public Await() {}

  /// Reports an event; suits a listener: `chain.listen(await::happened)`.
  public void happened(T event) {
    lock.lock();
    try {
      events.add(event);
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// All events so far, oldest first.
  public List<T> events() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  /// The first event, past or future, that fits.
  ///
  /// @throws AssertionError if none came within the limit
  public T first(Predicate<T> fits, Duration limit) {
    long left = limit.toNanos();
    int seen = 0;
    lock.lock();
    try {
      while (true) {
        for (; seen < events.size(); seen++) {
          if (fits.test(events.get(seen))) {
            return events.get(seen);
          }
        }
        if (left <= 0) {
          throw new AssertionError("nothing fitting within " + limit + ", only " + events);
        }
        left = grown.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a latch to reach zero.
  ///
  /// @throws AssertionError if it does not within the limit
  public static void latch(CountDownLatch latch, Duration limit) {
    try {
      if (!latch.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("latch still at " + latch.getCount() + " after " + limit);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /// Waits for the result of a future.
  ///
  /// @throws AssertionError if it fails, or is not there within the limit
  public static <T> T result(Future<T> future, Duration limit) {
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no result after " + limit, e);
    } catch (ExecutionException e) {
      throw new AssertionError("failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting", e);
  }
}
