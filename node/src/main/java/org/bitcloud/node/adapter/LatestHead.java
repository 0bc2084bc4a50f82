package org.bitcloud.node.adapter;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.bitcloud.market.Head;
import org.jspecify.annotations.Nullable;

/// A slot of one: a listener that is slower than the chain skips heads instead of queueing them.
final class LatestHead {
  private final Consumer<Head> listener;
  private final AtomicReference<@Nullable Head> waiting = new AtomicReference<>();
  private long delivered = -1; // touched by the executor's one thread only

  LatestHead(Consumer<Head> listener) {
    this.listener = listener;
  }

  void offer(Head head, Executor executor) {
    if (waiting.getAndSet(head) != null) {
      return; // a delivery is under way and will find this one
    }
    try {
      executor.execute(this::deliver);
    } catch (RejectedExecutionException e) {
      waiting.set(null); // the ledger is closed
    }
  }

  private void deliver() {
    Head head = waiting.getAndSet(null);
    if (head != null && head.height().value() > delivered) {
      delivered = head.height().value();
      listener.accept(head);
    }
  }
}
