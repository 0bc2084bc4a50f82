package org.bitcloud.market.renter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Does the same thing to several items at once, each on a virtual thread.
final class Parallel {
  private Parallel() {}

  /// What is done to one item.
  @FunctionalInterface
  interface Act<T> {
    void on(T item);
  }

  /// Returns when all are done.
  ///
  /// @throws IllegalStateException when one failed in a way that it did not handle itself
  static <T> void forEach(List<T> items, Act<T> act) {
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (T item : items) {
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                act.on(item);
                return null;
              });
      tasks.add(task);
      Thread _ = Thread.ofVirtual().name("parallel").start(task);
    }
    for (FutureTask<Void> task : tasks) {
      try {
        Void _ = task.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("parallel work failed", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        tasks.forEach(running -> running.cancel(true));
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
