package org.bitcloud.p2p;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcloud.primitives.MalformedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class TcpTransportTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final TcpTransport server = new TcpTransport(ConnectionLimits.DEFAULT);
  private final TcpTransport client = new TcpTransport(ConnectionLimits.DEFAULT);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static Multiaddr loopback() throws MalformedException {
    return Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
  }

  /// Serves streams whose handlers wait until the test lets them go.
  private static final class Held implements StreamHandler {
    final BlockingQueue<PeerStream> streams = new LinkedBlockingQueue<>();
    final CountDownLatch release = new CountDownLatch(1);

    @Override
    public void handle(PeerStream stream) throws IOException {
      streams.add(stream);
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    PeerStream next() throws InterruptedException {
      PeerStream stream = streams.poll(10, TimeUnit.SECONDS);
      assertTrue(stream != null, "no inbound stream");
      return stream;
    }
  }

  private static void echo(PeerStream stream) throws IOException {
    stream.in().transferTo(stream.out());
  }

  @Test
  void carriesBytesBothWaysOnAFreePort() throws Exception {
    Listening at = server.listen(loopback(), TcpTransportTest::echo);
    assertNotEquals(0, at.address().tcp().orElseThrow().port());
    byte[] sent = "a request, in any number of pieces".getBytes(StandardCharsets.UTF_8);
    try (PeerStream stream = client.dial(at.address(), SOON)) {
      assertEquals(at.address(), stream.remote());
      stream.out().write(sent);
      stream.closeWrite();
      assertArrayEquals(sent, stream.in().readAllBytes());
    }
  }

  @Test
  void halfCloseLeavesTheOtherDirectionOpen() throws Exception {
    CompletableFuture<byte[]> request = new CompletableFuture<>();
    Listening at =
        server.listen(
            loopback(),
            stream -> {
              request.complete(stream.in().readAllBytes());
              stream.out().write("late answer".getBytes(StandardCharsets.UTF_8));
            });
    try (PeerStream stream = client.dial(at.address(), SOON)) {
      stream.out().write(7);
      stream.out().close();
      stream.closeWrite(); // a second time changes nothing
      assertArrayEquals(new byte[] {7}, request.get(10, TimeUnit.SECONDS));
      assertEquals("late answer", new String(stream.in().readAllBytes(), StandardCharsets.UTF_8));
      assertThrows(IOException.class, () -> stream.out().write(8));
    }
  }

  @Test
  void resetFailsTheReaderInsteadOfEndingIt() throws Exception {
    Held held = new Held();
    Listening at = server.listen(loopback(), held);
    PeerStream stream = client.dial(at.address(), SOON);
    PeerStream other = held.next();
    stream.reset();
    stream.reset();
    assertThrows(IOException.class, () -> other.in().read());
    assertThrows(IOException.class, () -> stream.out().write(1));
    held.release.countDown();
  }

  @Test
  void aHandlerThatFailsResetsItsStream() throws Exception {
    Listening at =
        server.listen(
            loopback(),
            stream -> {
              assertEquals(1, stream.in().read());
              throw new IOException("refused");
            });
    try (PeerStream stream = client.dial(at.address(), SOON)) {
      stream.out().write(1);
      assertThrows(IOException.class, () -> stream.in().read());
    }
  }

  @Test
  void aSlowReaderHoldsTheWriterBack() throws Exception {
    Held held = new Held();
    Listening at = server.listen(loopback(), held);
    PeerStream stream = client.dial(at.address(), SOON);
    PeerStream slow = held.next();
    long total = 256L << 20;
    AtomicLong written = new AtomicLong();
    CountDownLatch some = new CountDownLatch(1);
    CompletableFuture<Void> writer = start(() -> writeAll(stream, total, written, some));
    assertTrue(some.await(10, TimeUnit.SECONDS));
    assertThrows(TimeoutException.class, () -> writer.get(500, TimeUnit.MILLISECONDS));
    long stuckAt = written.get();
    assertTrue(stuckAt < 32L << 20, "the system holds at most its buffers, not " + stuckAt);
    long read = slow.in().skip(total);
    while (read < total) {
      read += slow.in().readNBytes(1 << 20).length;
    }
    writer.get(10, TimeUnit.SECONDS);
    assertEquals(total, read);
    held.release.countDown();
  }

  private static CompletableFuture<Void> start(Runnable body) {
    return CompletableFuture.runAsync(body, Thread::startVirtualThread);
  }

  private static void writeAll(
      PeerStream stream, long total, AtomicLong written, CountDownLatch some) {
    byte[] piece = new byte[1 << 16];
    try {
      OutputStream out = stream.out();
      while (written.get() < total) {
        out.write(piece);
        written.addAndGet(piece.length);
        some.countDown();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aWriterThatIsStuckTooLongIsReset() throws Exception {
    ConnectionLimits hasty =
        new ConnectionLimits(8, 8, 8, 8, Duration.ofMillis(200), Duration.ofSeconds(5));
    Held held = new Held();
    Listening at = server.listen(loopback(), held);
    try (TcpTransport impatient = new TcpTransport(hasty)) {
      PeerStream stream = impatient.dial(at.address(), SOON);
      assertThrows(IOException.class, () -> stream.out().write(new byte[64 << 20]));
      assertEquals(0, impatient.openStreams());
    }
    held.release.countDown();
  }

  @Test
  void closeEndsAReadAndAWriteThatWait() throws Exception {
    Held held = new Held();
    Listening at = server.listen(loopback(), held);
    PeerStream stream = client.dial(at.address(), SOON);
    PeerStream other = held.next();
    CompletableFuture<Void> reader = start(() -> readOne(stream));
    AtomicLong written = new AtomicLong();
    CountDownLatch some = new CountDownLatch(1);
    CompletableFuture<Void> writer = start(() -> writeAll(other, Long.MAX_VALUE, written, some));
    assertTrue(some.await(10, TimeUnit.SECONDS));
    stream.close();
    other.close();
    assertThrows(ExecutionException.class, () -> reader.get(10, TimeUnit.SECONDS));
    assertThrows(ExecutionException.class, () -> writer.get(10, TimeUnit.SECONDS));
    held.release.countDown();
  }

  private static void readOne(PeerStream stream) {
    try {
      while (stream.in().read() >= 0) {}
      throw new IllegalStateException("ended instead of failing");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void closingTheTransportEndsHandlersThatWait() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Listening at =
        server.listen(
            loopback(),
            stream -> {
              begun.countDown();
              try {
                assertEquals(0, stream.in().read());
              } finally {
                ended.countDown();
              }
            });
    PeerStream stream = client.dial(at.address(), SOON);
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    server.close();
    assertTrue(ended.await(10, TimeUnit.SECONDS));
    assertEquals(0, server.openStreams());
    assertThrows(IOException.class, () -> stream.in().read());
    assertThrows(IOException.class, () -> server.listen(loopback(), TcpTransportTest::echo));
    assertThrows(IOException.class, () -> client.dial(at.address(), SOON));
  }

  @Test
  void oneStreamMoreThanTheLimitIsRefusedAndAPlaceComesBack() throws Exception {
    ConnectionLimits two =
        new ConnectionLimits(8, 2, 2, 8, Duration.ofMinutes(1), Duration.ofSeconds(5));
    Held held = new Held();
    try (TcpTransport small = new TcpTransport(two)) {
      Listening at = small.listen(loopback(), held);
      PeerStream one = client.dial(at.address(), SOON);
      PeerStream two1 = client.dial(at.address(), SOON);
      PeerStream inbound = held.next();
      PeerStream inbound2 = held.next();
      // The backlog accepts it, so the reset comes while dialling or with the first read.
      assertThrows(IOException.class, () -> dialAndRead(at));
      inbound.close();
      try (PeerStream again = client.dial(at.address(), SOON)) {
        assertEquals(again.local().tcp(), held.next().remote().tcp());
      }
      held.release.countDown();
      one.close();
      two1.close();
      inbound2.close();
    }
  }

  private void dialAndRead(Listening at) throws IOException {
    try (PeerStream stream = client.dial(at.address(), SOON)) {
      assertEquals(0, stream.in().read());
    }
  }

  @Test
  void outboundStreamsAreLimitedToo() throws Exception {
    ConnectionLimits one =
        new ConnectionLimits(8, 8, 1, 8, Duration.ofMinutes(1), Duration.ofSeconds(5));
    Listening at = server.listen(loopback(), TcpTransportTest::echo);
    try (TcpTransport small = new TcpTransport(one)) {
      PeerStream first = small.dial(at.address(), SOON);
      IOException refused = assertThrows(IOException.class, () -> small.dial(at.address(), SOON));
      assertTrue(refused.getMessage().contains("too many connections"));
      first.close();
      small.dial(at.address(), SOON).close();
    }
  }

  @Test
  void aReadTimeoutLeavesTheStreamUsable() throws Exception {
    Listening at = server.listen(loopback(), TcpTransportTest::echo);
    try (PeerStream stream = client.dial(at.address(), SOON)) {
      stream.readTimeout(Duration.ofMillis(20));
      assertThrows(SocketTimeoutException.class, () -> stream.in().read());
      stream.readTimeout(Duration.ZERO);
      stream.out().write(9);
      assertEquals(9, stream.in().read());
    }
  }

  @Test
  void aDeadlineEndsAnExchangeThatTrickles() throws Exception {
    Held held = new Held();
    Listening at = server.listen(loopback(), held);
    PeerStream stream = client.dial(at.address(), SOON);
    stream.deadline(Duration.ofHours(1));
    stream.deadline(Duration.ofMillis(50));
    assertThrows(IOException.class, () -> stream.in().read());
    assertEquals(0, client.openStreams());
    held.release.countDown();
  }

  @Test
  void aBusyPortIsNamedInTheError() throws Exception {
    Listening at = server.listen(loopback(), TcpTransportTest::echo);
    IOException busy =
        assertThrows(IOException.class, () -> client.listen(at.address(), TcpTransportTest::echo));
    assertTrue(busy.getMessage().startsWith("cannot listen at " + at.address()));
    at.close();
    at.close();
    client.listen(at.address(), TcpTransportTest::echo).close();
  }

  @Test
  void aDeadPeerIsAnError() throws Exception {
    Listening at = server.listen(loopback(), TcpTransportTest::echo);
    at.close();
    assertThrows(IOException.class, () -> client.dial(at.address(), SOON));
    Multiaddr udp = Multiaddr.parse("/ip4/127.0.0.1/udp/1");
    assertThrows(IOException.class, () -> client.dial(udp, SOON));
    assertFalse(client.openStreams() > 0);
  }

  @Test
  void aNameIsResolved() throws Exception {
    Listening at = server.listen(loopback(), TcpTransportTest::echo);
    int port = at.address().tcp().orElseThrow().port();
    try (PeerStream stream = client.dial(Multiaddr.parse("/dns4/localhost/tcp/" + port), SOON)) {
      stream.out().write(3);
      assertEquals(3, stream.in().read());
    }
    assertThrows(
        IOException.class, () -> client.dial(Multiaddr.parse("/dns/x.invalid/tcp/1"), SOON));
  }
}
