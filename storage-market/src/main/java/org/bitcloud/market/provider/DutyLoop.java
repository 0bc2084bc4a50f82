package org.bitcloud.market.provider;

import org.bitcloud.market.Head;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.client.HeadGate;
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
  private final HeadGate heads;
  private final Duty duty;
  private final FailureSink failures;
  private final Thread thread;

  DutyLoop(String name, HeadGate heads, Duty duty, FailureSink failures) {
    this.name = name;
    this.heads = heads;
    this.duty = duty;
    this.failures = failures;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  /// Waits for the duty that is running; the gate must be closed before.
  @Override
  public void close() {
    // Not interrupted: that would close files it reads. Its waits end with the head gate.
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      @Nullable Head head = heads.next(null);
      while (head != null) {
        run(head);
        head = heads.next(head);
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
      if (!heads.isClosed()) {
        LOG.warn("{} at block {}: {}", name, head.height().value(), e.getMessage());
      }
    }
  }
}
