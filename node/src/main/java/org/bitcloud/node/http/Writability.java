package org.bitcloud.node.http;

import io.netty.channel.Channel;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets a virtual thread wait until its connection takes bytes again.
/* The connection itself is asked, which counts bytes as they are handed over: what its thread has
told so far is older than that wherever the thread is behind, and the writer would run ahead. */
final class Writability {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean open = true;

  /// The connection may take bytes again, or no longer does.
  void changed() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whoever waits, waits in vain.
  void closed() {
    lock.lock();
    try {
      open = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void await(Channel connection) throws IOException {
    lock.lock();
    try {
      while (open && !connection.isWritable()) {
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
