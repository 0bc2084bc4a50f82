package org.bitcloud.node.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bitcloud.primitives.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// WebSocket clients that do not read what they are sent: real sockets, frames by hand.
@Timeout(60)
class SlowWebSocketTest {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MESSAGE = 64 * 1024;

  /* The operating system's buffers of both ends, and what the server may queue. */
  private static final long QUEUED_MAX = 32L << 20;

  private final BlockingQueue<WebSocketSession> opened = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger answers = new AtomicInteger();
  private HttpServer server;
  private Socket socket;
  private DataInputStream in;

  @BeforeEach
  void connect() throws IOException {
    server = HttpServer.start(HttpSettings.loopback(0), List.of(new Route.Socket("/", this::open)));
    socket = new Socket();
    // Left alone, the kernel may buffer tens of MiB for a reader; a size set by hand stays.
    socket.setReceiveBufferSize(1 << 16);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket
        .getOutputStream()
        .write(
            """
            GET / HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """
                .getBytes(StandardCharsets.US_ASCII));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    for (int last = 0; last != 0x0d0a0d0a; ) {
      last = last << 8 | in.readUnsignedByte();
    }
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
    server.close();
  }

  private WebSocketEndpoint.Listener open(WebSocketSession session) {
    opened.add(session);
    return new WebSocketEndpoint.Listener() {
      @Override
      public void onText(String text) {
        answers.incrementAndGet();
        session.send(text + "x".repeat(MESSAGE - text.length()));
      }

      @Override
      public void onClose() {
        closed.countDown();
      }
    };
  }

  /// Sends a quarter of a GiB to a client that does not read.
  private void flood() throws InterruptedException {
    WebSocketSession session = opened.take();
    String message = "x".repeat(MESSAGE);
    for (int i = 0; i < 4_096; i++) {
      session.send(message);
    }
  }

  @Test
  void subscriberThatDoesNotReadIsToldWhyItWasCutOffAndHoldsLittleMemory() throws Exception {
    flood();
    long received = 0;
    Frame frame = read();
    while (frame.kind() == TEXT) {
      received += frame.payload().size();
      frame = read();
    }
    assertTrue(received >= WebSocketConnection.BACKLOG_MAX, "a pause is forgiven: " + received);
    assertTrue(received <= QUEUED_MAX, "what waited is bounded: " + received);
    assertEquals(CLOSE, frame.kind());
    assertEquals(1013, ByteBuffer.wrap(frame.payload().toArray()).getShort());
    assertEquals(Bytes.ofUtf8("reads too slowly: connect and ask again"), frame.payload().slice(2));
    assertEquals(-1, in.read(), "then the connection ends");
    assertTrue(closed.await(20, TimeUnit.SECONDS));
  }

  @Test
  void subscriberThatNeverReadsAgainIsDropped() throws Exception {
    flood();
    assertTrue(closed.await(30, TimeUnit.SECONDS), "its subscriptions end");
  }

  @Test
  void clientThatReadsLateGetsAllItsAnswersAtItsOwnPace() throws Exception {
    int requests = 1_000;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < requests; i++) {
      write(all, TEXT, "request %04d ".formatted(i));
    }
    write(all, PING, "still there?");
    socket.getOutputStream().write(all.toByteArray());
    for (int i = 0; i < requests; i++) {
      Frame frame = read();
      while (frame.kind() == PONG) { // pings need not wait for their turn
        frame = read();
      }
      assertEquals(TEXT, frame.kind());
      assertEquals(MESSAGE, frame.payload().size());
      assertEquals(Bytes.ofUtf8("request %04d ".formatted(i)), frame.payload().slice(0, 13));
      long ahead = (long) (answers.get() - i) * MESSAGE;
      assertTrue(ahead <= QUEUED_MAX, "a slow reader holds the server back, not " + ahead);
    }
  }

  private record Frame(int kind, Bytes payload) {}

  private Frame read() throws IOException {
    int kind = in.readUnsignedByte() & 15;
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(kind, Bytes.wrap(payload));
  }

  /// A short frame, masked with zeros as a client may.
  private static void write(ByteArrayOutputStream out, int kind, String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    out.write(0x80 | kind);
    out.write(0x80 | payload.length);
    out.writeBytes(new byte[4]);
    out.writeBytes(payload);
  }
}
