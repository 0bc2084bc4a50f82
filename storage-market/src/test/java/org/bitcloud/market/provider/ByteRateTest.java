package org.bitcloud.market.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bitcloud.testkit.FakeClock;
import org.junit.jupiter.api.Test;

class ByteRateTest {
  private final FakeClock clock = FakeClock.epoch();

  @Test
  void withoutALimitNobodyWaits() {
    ByteRate none = new ByteRate(0, clock);
    none.take(Long.MAX_VALUE);
    none.take(Long.MAX_VALUE);
    assertEquals(FakeClock.epoch().instant(), clock.instant());
  }

  @Test
  void aBurstOfOneSecondIsFreeAndTheRestWaits() throws Exception {
    ByteRate rate = new ByteRate(1_000, clock);
    rate.take(1_000);
    Instant start = clock.instant();
    Instant done = finish(rate, 3_000);
    assertAtLeast(Duration.ofSeconds(3), start, done);
    clock.advance(Duration.ofHours(1));
    // However long it was quiet, there is one second's worth and no more.
    rate.take(1_000);
    Instant later = clock.instant();
    Instant again = finish(rate, 2_000);
    assertAtLeast(Duration.ofSeconds(2), later, again);
  }

  @Test
  void aClockThatIsSetBackGivesNothingAndHoldsUpNobody() throws Exception {
    ByteRate rate = new ByteRate(1_000, clock);
    clock.advance(Duration.ofSeconds(10));
    rate.take(1_000);
    Instant start = clock.instant();
    Instant back = start.minus(Duration.ofDays(1));
    clock.set(back);
    rate.take(0);
    Instant done = finish(rate, 1_000);
    assertAtLeast(Duration.ofSeconds(1), back, done);
    assertTrue(done.isBefore(start));
  }

  @Test
  void whoeverIsInterruptedStopsWaiting() throws Exception {
    ByteRate rate = new ByteRate(1, clock);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread taker =
        Thread.ofVirtual()
            .start(
                () -> {
                  rate.take(1_000_000);
                  interrupted.complete(Thread.currentThread().isInterrupted());
                });
    assertFalse(interrupted.isDone());
    taker.interrupt();
    assertTrue(interrupted.get(10, TimeUnit.SECONDS));
  }

  private static void assertAtLeast(Duration least, Instant from, Instant to) {
    assertTrue(Duration.between(from, to).compareTo(least) >= 0, from + " to " + to);
  }

  // Moves the clock second by second until the bytes are taken; returns what it shows then.
  private Instant finish(ByteRate rate, long bytes)
      throws InterruptedException, ExecutionException {
    CompletableFuture<Instant> done = new CompletableFuture<>();
    Thread _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  rate.take(bytes);
                  done.complete(clock.instant());
                });
    while (true) {
      try {
        // Longer than the taker naps between two looks at the clock.
        return done.get(200, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        clock.advance(Duration.ofSeconds(1));
      }
    }
  }
}
