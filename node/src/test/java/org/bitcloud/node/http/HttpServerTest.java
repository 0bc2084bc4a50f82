package org.bitcloud.node.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpServerTest {
  private HttpServer server = start(List.of());
  private final HttpClient client = HttpClient.newHttpClient();

  private static HttpServer start(List<Route> routes) {
    try {
      return HttpServer.start(HttpSettings.loopback(0), routes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void serve(Route... routes) {
    server.close();
    server = start(List.of(routes));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void echoesBodiesOverOneConnection() throws Exception {
    serve(
        new Route.Plain(
            "/echo", exchange -> exchange.respond(200, Map.of("X-Kind", "echo"), exchange.body())));
    for (int i = 0; i < 3; i++) {
      var request =
          HttpRequest.newBuilder(uri("/echo"))
              .POST(HttpRequest.BodyPublishers.ofString("hello " + i))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      assertEquals("hello " + i, answer.body());
      assertEquals("echo", answer.headers().firstValue("X-Kind").orElseThrow());
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    serve(
        new Route.Plain(
            "/n/",
            exchange -> exchange.respondText(200, "text/plain", exchange.path().substring(3))));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var text = new StringBuilder();
      for (int i = 0; i < 5; i++) {
        text.append("GET /n/").append(i).append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
      }
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (int i = 0; i < 5; i++) {
        String line = reader.readLine();
        while (!line.isEmpty()) {
          line = reader.readLine();
        }
        assertEquals('0' + i, reader.read());
      }
    }
  }

  @Test
  void waitsForBodiesThatComeLaterThanTheirHeaders() throws Exception {
    serve(new Route.Plain("/echo", exchange -> exchange.respond(200, Map.of(), exchange.body())));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      for (int i = 0; i < 3; i++) {
        String head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n";
        // Two small packets, the first of which the server answers with nothing.
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        assertEquals(
            200,
            client
                .send(HttpRequest.newBuilder(uri("/echo")).build(), BodyHandlers.discarding())
                .statusCode());
        socket.getOutputStream().write("body".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[512];
        int count = 0;
        while (!new String(answer, 0, count, StandardCharsets.US_ASCII).endsWith("\r\n\r\nbody")) {
          int read = socket.getInputStream().read(answer, count, answer.length - count);
          assertTrue(read > 0, "the answer ends with the body");
          count += read;
        }
      }
    }
  }

  @Test
  void streamsLongBodiesWithoutHoldingThem() throws Exception {
    byte[] block = new byte[1 << 20];
    new Random(1).nextBytes(block);
    int blocks = 256;
    AtomicLong written = new AtomicLong();
    serve(
        new Route.Plain(
            "/long",
            exchange -> {
              try (OutputStream out =
                  exchange.respondStream(200, Map.of(), (long) block.length * blocks)) {
                for (int i = 0; i < blocks; i++) {
                  out.write(block);
                  written.addAndGet(block.length);
                }
              }
            }));
    try (Socket socket = new Socket()) {
      // Left alone, the kernel may buffer tens of MiB for a reader; a size set by hand stays.
      socket.setReceiveBufferSize(1 << 16);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      String head = "GET /long HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      skipHead(in);
      for (int i = 0; i < blocks; i++) {
        assertArrayEquals(block, in.readNBytes(block.length));
        long ahead = written.get() - (long) i * block.length;
        assertTrue(ahead <= 64L << 20, "a slow reader holds the writer back, not " + ahead);
      }
    }
  }

  private static void skipHead(InputStream in) throws IOException {
    for (int last = 0; last != 0x0d0a0d0a; ) {
      int next = in.read();
      assertTrue(next >= 0, "the head ends");
      last = last << 8 | next;
    }
  }

  @Test
  void cutsTheConnectionWhenABodyFailsHalfWay() throws Exception {
    serve(
        new Route.Plain(
            "/half",
            exchange -> {
              try (OutputStream out = exchange.respondStream(200, Map.of(), 1000)) {
                out.write(new byte[10]);
              }
            }));
    assertThrows(
        IOException.class,
        () -> client.send(HttpRequest.newBuilder(uri("/half")).build(), BodyHandlers.ofString()));
  }

  @Test
  void refusesUnknownPathsForeignHostsAndLargeBodies() throws Exception {
    serve(new Route.Plain("/", exchange -> exchange.respondText(200, "text/plain", "ok")));
    assertEquals(404, status("GET /no HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assertEquals(403, status("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
    assertEquals(200, status("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"));
    assertEquals(
        413, status("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"));
    assertEquals(400, status("NONSENSE\r\n\r\n"));
  }

  private int status(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return Integer.parseInt(line.split(" ", -1)[1]);
    }
  }

  @Test
  void reportsDefectsAsInternalErrors() throws Exception {
    serve(
        new Route.Plain(
            "/bug",
            _ -> {
              throw new IllegalStateException("planted");
            }));
    var answer = client.send(HttpRequest.newBuilder(uri("/bug")).build(), BodyHandlers.ofString());
    assertEquals(500, answer.statusCode());
    assertTrue(answer.body().startsWith("internal error"));
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    serve(
        new Route.Plain(
            "/file",
            exchange -> {
              try (OutputStream out = exchange.respondStream(200, Map.of(), 5)) {
                out.write("hello".getBytes(StandardCharsets.US_ASCII));
              }
            }));
    var head =
        client.send(HttpRequest.newBuilder(uri("/file")).HEAD().build(), BodyHandlers.ofString());
    assertEquals("5", head.headers().firstValue("Content-Length").orElseThrow());
    assertEquals("", head.body());
    var get = client.send(HttpRequest.newBuilder(uri("/file")).build(), BodyHandlers.ofString());
    assertEquals("hello", get.body());
  }

  @Test
  void carriesWebSocketMessagesBothWays() throws Exception {
    var closed = new CountDownLatch(1);
    serve(
        new Route.Socket(
            "/",
            session ->
                new WebSocketEndpoint.Listener() {
                  @Override
                  public void onText(String text) {
                    session.send("echo " + text);
                  }

                  @Override
                  public void onClose() {
                    closed.countDown();
                  }
                }),
        new Route.Plain("/", exchange -> exchange.respondText(200, "text/plain", "plain")));
    var heard = new LinkedBlockingQueue<String>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + server.port() + "/"),
                new WebSocket.Listener() {
                  private final StringBuilder whole = new StringBuilder();

                  @Override
                  public CompletionStage<?> onText(WebSocket ws, CharSequence part, boolean last) {
                    whole.append(part);
                    if (last) {
                      heard.add(whole.toString());
                      whole.setLength(0);
                    }
                    ws.request(1);
                    return CompletableFuture.completedFuture(null);
                  }
                })
            .get(5, TimeUnit.SECONDS);
    socket.sendText("one", true).get(5, TimeUnit.SECONDS);
    assertEquals("echo one", heard.poll(5, TimeUnit.SECONDS));
    socket.sendText("tw", false).get(5, TimeUnit.SECONDS);
    socket.sendText("o", true).get(5, TimeUnit.SECONDS);
    assertEquals("echo two", heard.poll(5, TimeUnit.SECONDS));
    var plain = client.send(HttpRequest.newBuilder(uri("/")).build(), BodyHandlers.ofString());
    assertEquals("plain", plain.body());
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(5, TimeUnit.SECONDS);
    assertTrue(closed.await(5, TimeUnit.SECONDS));
  }

  @Test
  void namesThePortThatIsTaken() {
    var settings = HttpSettings.loopback(server.port());
    var failure = assertThrows(IOException.class, () -> HttpServer.start(settings, List.of()));
    assertTrue(failure.getMessage().contains(":" + server.port()), failure.getMessage());
  }
}
