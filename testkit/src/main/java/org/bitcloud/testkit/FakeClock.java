package org.bitcloud.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until a test moves it. Safe for use by many threads.
public final class FakeClock extends Clock {
  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private FakeClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /// A clock that shows an instant.
  public static FakeClock at(Instant start) {
    return new FakeClock(new AtomicReference<>(start), ZoneOffset.UTC);
  }

  /// A clock that shows 1970-01-01T00:00:00Z.
  public static FakeClock epoch() {
    return at(Instant.EPOCH);
  }

  /// Moves the clock forward.
  ///
  /// @throws IllegalArgumentException if the duration is negative: use [#set] to go back
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time does not run backwards: " + by);
    }
    now.updateAndGet(instant -> instant.plus(by));
  }

  /// Moves the clock to an instant, back too.
  public void set(Instant instant) {
    now.set(instant);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /// The same clock, which moves with this one, in another zone.
  @Override
  public FakeClock withZone(ZoneId other) {
    return new FakeClock(now, other);
  }
}
