package org.bitcloud.node.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bitcloud.chain.VerifyException;
import org.bitcloud.chain.VerifyProgress;
import org.bitcloud.chain.VerifyReport;
import org.bitcloud.node.ChainAccess;
import org.jspecify.annotations.Nullable;

/// One replay of the chain at a time, started by a first request and watched by further ones.
public final class VerifyJob implements ControlAction {
  private static final long WAIT_MILLIS = 1_000;

  private final ChainAccess chain;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private boolean running;
  private long done;
  private long head;
  private @Nullable ObjectNode result;

  /// A job over an open chain.
  public VerifyJob(ChainAccess chain) {
    this.chain = chain;
  }

  /// Starts a replay where the request says `"start": true`, then answers with progress beyond the
  /// height `seen`, or after a second.
  @Override
  public ObjectNode run(ObjectNode request) throws ControlException {
    long seen = request.path("seen").asLong(-1);
    lock.lock();
    try {
      if (request.path("start").asBoolean() && !running) {
        running = true;
        done = 0;
        head = 0;
        result = null;
        Thread _ = Thread.ofPlatform().name("chain-verify").daemon().start(this::verify);
      }
      long left = TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
      while (running && done <= seen && left > 0) {
        left = moved.awaitNanos(left);
      }
      return result != null ? result.deepCopy() : progress();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlException("the node is stopping", e);
    } finally {
      lock.unlock();
    }
  }

  private ObjectNode progress() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("done", false)
        .put("height", done)
        .put("head", head);
  }

  private void verify() {
    ObjectNode outcome = JsonNodeFactory.instance.objectNode().put("done", true);
    try {
      VerifyReport report =
          chain.verify(
              (height, end) -> {
                lock.lock();
                try {
                  done = height.value();
                  head = end.value();
                  moved.signalAll();
                } finally {
                  lock.unlock();
                }
              });
      fill(outcome, report);
    } catch (VerifyException e) {
      outcome.put("ok", false).put("problem", e.getMessage());
    } catch (RuntimeException e) { // thread root: the database is closing or broken
      outcome.put("ok", false).put("problem", "cannot verify: " + e.getMessage());
    } finally {
      lock.lock();
      try {
        result = outcome;
        running = false;
        moved.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Describes the outcome of a replay that found nothing wrong.
  public static void fill(ObjectNode outcome, VerifyReport report) {
    outcome
        .put("ok", true)
        .put("first", report.first().value())
        .put("height", report.head().value())
        .put("transactions", report.transactions())
        .put("stateRoot", report.stateRoot().toHex())
        .put("accounts", report.totals().accounts())
        .put("balances", report.totals().balances().drops().toString())
        .put("genesis", report.totals().supply().genesis().drops().toString())
        .put("minted", report.totals().supply().minted().drops().toString())
        .put("burned", report.totals().supply().burned().drops().toString());
  }

  /// Replays in this thread and tells of progress as it goes.
  public static ObjectNode now(ChainAccess chain, VerifyProgress progress) {
    ObjectNode outcome = JsonNodeFactory.instance.objectNode().put("done", true);
    try {
      fill(outcome, chain.verify(progress));
    } catch (VerifyException e) {
      outcome.put("ok", false).put("problem", e.getMessage());
    }
    return outcome;
  }
}
