package org.bitcloud.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bitcloud.node.http.HttpServer;
import org.bitcloud.node.http.HttpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a load balancer or an orchestrator hears of a node.
@Timeout(60)
class ReadinessTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    http.shutdownNow();
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + port + path);
    return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }

  private void assertReady(int port) throws Exception {
    HttpResponse<String> answer = get(port, "/readyz");
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(JSON.readTree("{\"ready\":true}"), JSON.readTree(answer.body()));
  }

  private void assertUnready(int port, String word) throws Exception {
    HttpResponse<String> answer = get(port, "/readyz");
    assertEquals(503, answer.statusCode(), answer.body());
    JsonNode body = JSON.readTree(answer.body());
    assertEquals(false, body.path("ready").asBoolean(true));
    assertTrue(body.path("reason").asText().contains(word), answer.body());
  }

  @Test
  void becomesReadyOnceAndIsLostForGood() throws Exception {
    Readiness readiness = new Readiness();
    try (HttpServer server =
        HttpServer.start(HttpSettings.loopback(0), List.of(readiness.route()))) {
      assertUnready(server.port(), "starting");
      readiness.ready();
      assertReady(server.port());
      readiness.lost("consensus halted: no disk");
      assertUnready(server.port(), "no disk");
      readiness.ready();
      assertUnready(server.port(), "no disk");
    }
  }

  @Test
  void nodeIsReadyUntilItsEngineHaltsAndAliveAfterwards(@TempDir Path folder) throws Exception {
    CompletableFuture<String> halted = new CompletableFuture<>();
    LedgerNode node =
        new LedgerNode(
            new LedgerNode.LedgerSettings(
                folder.resolve("db"),
                GenesisFile.embedded("devnet"),
                HttpSettings.loopback(0),
                33_554_432L,
                1,
                false,
                false,
                new History.Usual()),
            new LedgerNode.Ports(
                Optional.of(TestLedgerNode.key(1, 0)),
                InstantSource.system(),
                new SecureRandom(),
                halted::complete));
    node.start();
    try {
      assertReady(node.rpcPort());
      assertEquals(404, get(node.rpcPort(), "/metrics").statusCode(), "metrics are off");
      node.access().chain().close(); // what the engine decides next cannot be written
      String mine = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"dev_mine\",\"params\":[]}";
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.rpcPort()))
              .POST(HttpRequest.BodyPublishers.ofString(mine))
              .build();
      String answer = http.send(request, BodyHandlers.ofString()).body();
      assertTrue(answer.contains("error"), answer);
      assertUnready(node.rpcPort(), halted.join());
      assertEquals(200, get(node.rpcPort(), "/healthz").statusCode());
    } finally {
      node.stop();
    }
  }
}
