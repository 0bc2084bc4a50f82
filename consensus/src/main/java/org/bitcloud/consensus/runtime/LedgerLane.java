package org.bitcloud.consensus.runtime;

import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bitcloud.chain.block.Block;
import org.bitcloud.consensus.Effect;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.ledger.Decision;
import org.bitcloud.consensus.ledger.LedgerInfo;
import org.bitcloud.consensus.ledger.LedgerPort;

/// The thread that owns the ledger: carries out what it is asked for in order and puts the answers
/// into the engine's mailbox.
final class LedgerLane {
  private static final int TASKS_MAX = 1024; // engines ask for a few blocks at a time

  private final LedgerPort ledger;
  private final InstantSource clock;
  private final Mailbox mailbox;
  private final Halt halt;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(TASKS_MAX),
          Thread.ofPlatform().name("bitcloud-ledger").factory());

  /// Stops the node.
  interface Halt {
    void because(String why, Throwable cause);
  }

  LedgerLane(LedgerPort ledger, InstantSource clock, Mailbox mailbox, Halt halt) {
    this.ledger = ledger;
    this.clock = clock;
    this.mailbox = mailbox;
    this.halt = halt;
  }

  void build(Effect.Build build) {
    run(
        "build a block",
        () -> mailbox.answer(new Input.Built(build.request(), ledger.build(build.payload()))));
  }

  void check(Block block) {
    run(
        "check a block",
        () -> mailbox.answer(new Input.Checked(block.ref(), ledger.check(block, clock.instant()))));
  }

  void decide(Decision decision) {
    run("decide " + decision.tip(), () -> decideNow(decision));
  }

  private void decideNow(Decision decision) {
    ledger.decide(decision);
    LedgerInfo at = ledger.info();
    mailbox.answer(new Input.Decided(at.head(), at));
    // What the block left over, or its lower base fee lets in, waits for the next one.
    mailbox.answer(new Input.TransactionsPending(ledger.pending()));
  }

  /// Tells the engine soon what waits in the pool.
  void lookAtPool() {
    if (looking.compareAndSet(false, true)) {
      run("look at the pool", this::look);
    }
  }

  private void look() {
    looking.set(false); // before the look: what comes during it asks for another one
    mailbox.answer(new Input.TransactionsPending(ledger.pending()));
  }

  private void run(String what, Runnable task) {
    try {
      thread.execute(
          () -> {
            try {
              task.run();
            } catch (Throwable e) { // the root of a thread: the ledger may be half done
              refuse();
              halt.because("the ledger failed to " + what, e);
            }
          });
    } catch (RejectedExecutionException e) {
      if (!thread.isShutdown()) {
        halt.because("the ledger is asked for more than it can do", e);
      }
    }
  }

  /// Begins nothing more; the task in progress goes on.
  void refuse() {
    thread.shutdown();
    thread.getQueue().clear();
  }

  /// Waits for the task in progress after [#refuse].
  ///
  /// @return whether it ended within `nanosMax`
  boolean close(long nanosMax) throws InterruptedException {
    refuse();
    return thread.awaitTermination(Math.max(0, nanosMax), TimeUnit.NANOSECONDS);
  }
}
