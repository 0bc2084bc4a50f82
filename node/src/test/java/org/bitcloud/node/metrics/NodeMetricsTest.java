package org.bitcloud.node.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bitcloud.node.TestLedgerNode;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.LegacyTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `/metrics` of a running node says about what was just done to it.
@Timeout(60)
class NodeMetricsTest {
  private static final long CHAIN_ID = 201_403;

  private final HttpClient http = HttpClient.newHttpClient();
  private TestLedgerNode node;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    node = TestLedgerNode.start(folder);
  }

  @AfterEach
  void stop() {
    node.close();
    http.shutdownNow();
  }

  private String scrape() throws Exception {
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(url("http", "/metrics")).build(), BodyHandlers.ofString());
    assertEquals(200, answer.statusCode());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    assertTrue(type.startsWith("text/plain; version=0.0.4"), type);
    return answer.body();
  }

  private URI url(String scheme, String path) {
    return URI.create(scheme + "://127.0.0.1:" + node.node().rpcPort() + path);
  }

  private static double value(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series + " in\n" + metrics));
  }

  private String call(String method, String params) throws Exception {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}".formatted(method, params);
    HttpRequest request =
        HttpRequest.newBuilder(node.url()).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void chainAndPoolAreWhereRpcSaysThatTheyAre() throws Exception {
    Amount price = Amount.of(10_000_000_000L);
    var transfer =
        new LegacyTransaction(
            CHAIN_ID,
            0,
            price,
            21_000,
            TestLedgerNode.key(0, 9).address(),
            Amount.of(1),
            Bytes.EMPTY);
    String raw = SignedTransaction.sign(transfer, TestLedgerNode.key(0, 5)).encoded().toHex();
    String sent = call("eth_sendRawTransaction", "[\"" + raw + "\"]");
    assertTrue(sent.contains("result"), sent);
    call("dev_mine", "[]");
    var heads = node.node().access().chain().heads();
    String metrics = scrape();
    double height = (double) heads.headRef().height().value();
    double finalized = (double) heads.finalized().height().value();
    assertTrue(height >= 2, "the first block, and one that was mined");
    assertEquals(height, value(metrics, "bitcloud_chain_height"));
    assertEquals(finalized, value(metrics, "bitcloud_chain_finalized_height"));
    assertEquals(height, value(metrics, "bitcloud_chain_blocks_total"));
    assertEquals(1, value(metrics, "bitcloud_chain_transactions_total"));
    assertEquals(0, value(metrics, "bitcloud_chain_reverted_blocks_total"));
    assertEquals(0, value(metrics, "bitcloud_mempool_transactions"));
    assertEquals(0, value(metrics, "bitcloud_mempool_size_bytes"));
    assertEquals(height, value(metrics, "bitcloud_block_build_seconds_count"));
    assertEquals(height, value(metrics, "bitcloud_block_decide_seconds_count"));
    assertTrue(value(metrics, "bitcloud_block_decide_seconds_sum") > 0);
    assertTrue(value(metrics, "bitcloud_database_size_bytes") > 0);
    assertTrue(Math.abs(value(metrics, "bitcloud_chain_head_age_seconds")) < 3_600);
  }

  @Test
  void callsAreCountedByMethodAndOutcome() throws Exception {
    call("eth_blockNumber", "[]"); // answered on the reading thread
    call("eth_getBlockByNumber", "[\"latest\",false]");
    call("eth_getBlockByNumber", "[\"nonsense\",false]");
    call("eth_nope", "[]");
    call("eth_nopeToo", "[]");
    String metrics = scrape();
    String count = "bitcloud_rpc_calls_seconds_count{method=\"%s\",outcome=\"%s\"}";
    assertEquals(1, value(metrics, count.formatted("eth_blockNumber", "ok")));
    assertEquals(1, value(metrics, count.formatted("eth_getBlockByNumber", "ok")));
    assertEquals(1, value(metrics, count.formatted("eth_getBlockByNumber", "refused")));
    assertEquals(2, value(metrics, count.formatted("unknown", "refused")));
    assertFalse(metrics.contains("eth_nope"), "callers must not be able to grow the list");
    String bucket =
        "bitcloud_rpc_calls_seconds_bucket{method=\"eth_blockNumber\",outcome=\"ok\",le=\"+Inf\"}";
    assertEquals(1, value(metrics, bucket));
  }

  @Test
  void openWebSocketsAreCounted() throws Exception {
    assertEquals(0, value(scrape(), "bitcloud_rpc_websockets"));
    WebSocket socket =
        http.newWebSocketBuilder().buildAsync(url("ws", "/"), new WebSocket.Listener() {}).join();
    awaitSockets(1);
    socket.abort();
    awaitSockets(0);
  }

  private void awaitSockets(int wanted) throws Exception {
    while (value(scrape(), "bitcloud_rpc_websockets") != wanted) { // ends by the time limit
      Thread.onSpinWait();
    }
  }

  @Test
  void machineIsMeasuredAndEveryNameIsOurs() throws Exception {
    String metrics = scrape();
    assertTrue(value(metrics, "bitcloud_jvm_threads_live_threads") > 1);
    assertTrue(metrics.contains("bitcloud_jvm_memory_used_bytes{area=\"heap\""), metrics);
    assertTrue(metrics.contains("bitcloud_jvm_gc_"), metrics);
    double cpu = value(metrics, "bitcloud_process_cpu_usage");
    assertTrue(cpu >= 0 && cpu <= 1, "a share of the machine: " + cpu);
    metrics
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> assertTrue(line.startsWith("bitcloud_"), line));
  }

  @Test
  void servesOnlyReadsByNamesThatItKnows() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(url("http", "/metrics"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertEquals(405, http.send(post, BodyHandlers.discarding()).statusCode());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.node().rpcPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
    }
  }
}
