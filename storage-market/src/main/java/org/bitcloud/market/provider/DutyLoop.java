package org.bitcloud.market.provider;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bitcloud.market.Head;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that does a duty whenever there is a new newest block; blocks that come meanwhile count
/// as one. A ledger that does not answer is tried again at the next block.
final class DutyLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DutyLoop.class);

  /// What is done at each block.
  @FunctionalInterface
  interface Duty {
    /// Does what is due.
    void run(Head head) throws LedgerException;
  }

  private final String name;
  private final Duty duty;
  private final FailureSink failures;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Subscription subscription;
  private final Thread thread;
  private @Nullable Head fresh;
  private boolean closed;

  DutyLoop(String name, Ledger ledger, Duty duty, FailureSink failures) {
    this.name = name;
    this.duty = duty;
    this.failures = failures;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
    this.subscription = ledger.onHead(this::head);
  }

  void start() {
    thread.start();
  }

  /// Ends the loop and waits for the duty that is running.
  @Override
  public void close() {
    subscription.close();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    // Not interrupted: that would close files it reads. Its waits end with the head gate.
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void head(Head head) {
    lock.lock();
    try {
      fresh = head;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void loop() {
    try {
      Head head = next();
      while (head != null) {
        run(head);
        head = next();
      }
    } catch (RuntimeException e) {
      // A thread root: a duty that cannot go on stops the provider, visibly.
      failures.failed(name, e);
    }
  }

  private void run(Head head) {
    try {
      duty.run(head);
    } catch (LedgerException e) {
      if (!isClosed()) {
        LOG.warn("{} at block {}: {}", name, head.height().value(), e.getMessage());
      }
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Head next() {
    lock.lock();
    try {
      while (fresh == null && !closed) {
        changed.await();
      }
      Head head = fresh;
      fresh = null;
      return closed ? null : head;
    } catch (InterruptedException e) {
      return null;
    } finally {
      lock.unlock();
    }
  }
}
