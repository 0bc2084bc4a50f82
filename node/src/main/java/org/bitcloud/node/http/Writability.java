package org.bitcloud.node.http;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets a virtual thread wait until its connection takes bytes again.
final class Writability {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean writable = true;
  private boolean open = true;

  void update(boolean nowWritable, boolean nowOpen) {
    lock.lock();
    try {
      writable = nowWritable;
      open &= nowOpen;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void await() throws IOException {
    lock.lock();
    try {
      while (open && !writable) {
        changed.await();
      }
      if (!open) {
        throw new IOException("client closed the connection");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing", e);
    } finally {
      lock.unlock();
    }
  }
}
