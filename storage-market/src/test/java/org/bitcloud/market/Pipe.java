package org.bitcloud.market;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bounded stream of bytes from one thread to another, which may break or damage them.
final class Pipe {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final byte[] ring;
  private final long cutAfter;
  private final long flipAt;
  private long written;
  private long read;
  private boolean ended;
  private boolean broken;
  private long readNanos = TimeUnit.HOURS.toNanos(1);
  private long writeNanos = TimeUnit.HOURS.toNanos(1);

  Pipe(int capacity, long cutAfter, long flipAt) {
    this.ring = new byte[capacity];
    this.cutAfter = cutAfter;
    this.flipAt = flipAt;
  }

  void readTimeout(Duration limit) {
    readNanos = limit.toNanos();
  }

  void writeTimeout(Duration limit) {
    writeNanos = limit.toNanos();
  }

  void reset() {
    lock.lock();
    try {
      broken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  InputStream reader() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        return take(target, offset, length);
      }
    };
  }

  OutputStream writer() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
          done += give(source, offset + done, length - done);
        }
      }
    };
  }

  private int take(byte[] target, int offset, int length) throws IOException {
    lock.lock();
    try {
      await(() -> written > read || ended, readNanos);
      if (written == read) {
        return -1;
      }
      int at = (int) (read % ring.length);
      int count = (int) Math.min(Math.min(length, written - read), ring.length - at);
      System.arraycopy(ring, at, target, offset, count);
      read += count;
      changed.signalAll();
      return count;
    } finally {
      lock.unlock();
    }
  }

  private int give(byte[] source, int offset, int length) throws IOException {
    lock.lock();
    try {
      await(() -> written - read < ring.length, writeNanos);
      if (ended) {
        throw new IOException("stream is closed");
      }
      if (cutAfter >= 0 && written >= cutAfter) {
        broken = true;
        changed.signalAll();
        throw new IOException("connection reset");
      }
      int at = (int) (written % ring.length);
      long room = Math.min(ring.length - (written - read), ring.length - at);
      int count = (int) Math.min(length, room);
      if (cutAfter >= 0) {
        count = (int) Math.min(count, cutAfter - written);
      }
      System.arraycopy(source, offset, ring, at, count);
      if (flipAt >= written && flipAt < written + count) {
        ring[at + (int) (flipAt - written)] ^= 1;
      }
      written += count;
      changed.signalAll();
      return count;
    } finally {
      lock.unlock();
    }
  }

  private interface Predicate {
    boolean holds();
  }

  private void await(Predicate condition, long nanos) throws IOException {
    long deadline = System.nanoTime() + nanos;
    while (!broken && !condition.holds()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new SocketTimeoutException("timed out");
      }
      try {
        boolean _ = changed.await(left, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
    if (broken) {
      throw new IOException("connection reset");
    }
  }
}
