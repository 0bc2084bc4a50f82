package org.bitcloud.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ToolsTest {
  @Test
  void clockMovesOnlyByHand() {
    FakeClock clock = FakeClock.epoch();
    FakeClock elsewhere = clock.withZone(ZoneId.of("Asia/Tokyo"));
    clock.advance(Duration.ofSeconds(3));
    assertEquals(Instant.ofEpochSecond(3), clock.instant());
    assertEquals(3000, elsewhere.millis());
    clock.set(Instant.EPOCH);
    assertEquals(Instant.EPOCH, elsewhere.instant());
    Duration back = Duration.ofSeconds(-1);
    assertThrows(IllegalArgumentException.class, () -> clock.advance(back));
  }

  @Test
  void secureRandomRepeatsForASeed() {
    byte[] first = new byte[40];
    byte[] second = new byte[40];
    Seeds.secureRandom(5).nextBytes(first);
    Seeds.secureRandom(5).nextBytes(second);
    assertArrayEquals(first, second);
    Seeds.secureRandom(6).nextBytes(second);
    assertTrue(Arrays.mismatch(first, second) >= 0);
    assertNotEquals(Seeds.of("a"), Seeds.of("b"));
    assertEquals(Seeds.random(9).nextLong(), Seeds.random(9).nextLong());
  }

  @Test
  void goldenFileNamesTheLineThatDiffers(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("golden.txt");
    Golden golden = Golden.file(file);
    assertThrows(AssertionError.class, () -> golden.matches("x"));
    Files.writeString(file, "a\nb\nc\n");
    golden.matches("a\nb\nc\n");
    golden.matches("a\nb\nc\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    AssertionError failure = assertThrows(AssertionError.class, () -> golden.matches("a\nX\nc\n"));
    assertTrue(failure.getMessage().contains("line 2"), failure.getMessage());
    assertThrows(AssertionError.class, () -> golden.matches(new byte[] {'a'}));
  }

  @Test
  void goldenFileIsWrittenOnRequest(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("new/golden.txt");
    String before = System.getProperty("golden.update");
    System.setProperty("golden.update", "true");
    try {
      Golden.file(file).matches("fresh");
    } finally {
      if (before == null) {
        System.clearProperty("golden.update");
      } else {
        System.setProperty("golden.update", before);
      }
    }
    assertEquals("fresh", Files.readString(file));
  }

  @Test
  void portsAreDistinctAndFree() throws Exception {
    int[] ports = FreePorts.distinct(5);
    assertEquals(5, Arrays.stream(ports).distinct().count());
    try (ServerSocket socket =
        new ServerSocket(FreePorts.one(), 1, InetAddress.getLoopbackAddress())) {
      assertTrue(socket.isBound());
    }
  }

  @Test
  void awaitSeesPastAndFutureEvents() {
    Await<Integer> await = new Await<>();
    await.happened(1);
    Thread other = Thread.startVirtualThread(() -> await.happened(2));
    assertEquals(1, await.first(n -> n == 1, Duration.ZERO));
    assertEquals(2, await.first(n -> n == 2, Duration.ofSeconds(10)));
    assertEquals(java.util.List.of(1, 2), await.events());
    assertThrows(AssertionError.class, () -> await.first(n -> n == 3, Duration.ofMillis(5)));
    assertTrue(other.isVirtual());
  }

  @Test
  void awaitBoundsLatchesAndFutures() {
    CountDownLatch latch = new CountDownLatch(1);
    assertThrows(AssertionError.class, () -> Await.latch(latch, Duration.ofMillis(5)));
    latch.countDown();
    Await.latch(latch, Duration.ZERO);
    assertEquals("x", Await.result(CompletableFuture.completedFuture("x"), Duration.ZERO));
    CompletableFuture<String> never = new CompletableFuture<>();
    assertThrows(AssertionError.class, () -> Await.result(never, Duration.ofMillis(5)));
    never.completeExceptionally(new IllegalStateException("no"));
    assertThrows(AssertionError.class, () -> Await.result(never, Duration.ofMillis(5)));
  }
}
