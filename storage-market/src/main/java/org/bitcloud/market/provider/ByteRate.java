package org.bitcloud.market.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/// A limit on bytes a second over all sessions, by a bucket that holds one second's worth.
///
/// Whoever takes more than is there goes into debt and waits until it is paid.
final class ByteRate {
  private static final Duration NAP_MAX = Duration.ofMillis(100);

  private final long perSecond;
  private final InstantSource clock;
  private double level;
  private Instant filled;

  /// A limit; 0 means none.
  ByteRate(long perSecond, InstantSource clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.level = perSecond;
    this.filled = clock.instant();
  }

  /// Takes so many bytes, waiting until the rate allows them.
  void take(long bytes) {
    if (perSecond == 0) {
      return;
    }
    synchronized (this) {
      refill();
      level -= bytes;
    }
    while (inDebt() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, NAP_MAX.toNanos());
    }
  }

  private synchronized boolean inDebt() {
    refill();
    return level < 0;
  }

  private void refill() {
    Instant now = clock.instant();
    double seconds = Duration.between(filled, now).toNanos() / 1e9;
    if (seconds > 0) {
      level = Math.min((double) perSecond, level + seconds * perSecond);
    }
    // After a clock that was set back, too: else nobody would be served until it has caught up.
    filled = now;
  }
}
