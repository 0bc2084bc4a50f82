package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.devnet.Devnet;
import org.bitcloud.node.devnet.DevnetSettings;
import org.bitcloud.node.wiring.Assembly;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first screen of the README and its failures, on a whole network in this process.
final class DevnetTest {
  private static final String[] VICTIMS = {"provider-2", "provider-3", "provider-5", "provider-6"};

  @TempDir private Path home;
  private Devnet devnet;

  private Path directory() {
    return home.resolve("devnet");
  }

  private Devnet devnet(OptionalLong windowMillis) throws ConfigException {
    return new Devnet(
        new DevnetSettings(
            directory(),
            0,
            0,
            OptionalInt.empty(),
            "",
            OptionalLong.empty(),
            windowMillis,
            false,
            NodeConfig.load(directory(), Map.of(), Map.of())),
        new Assembly());
  }

  private void start() throws ConfigException, ServiceException {
    devnet = devnet(OptionalLong.empty());
    devnet.start();
  }

  @AfterEach
  void stop() {
    if (devnet != null) {
      devnet.stop();
    }
  }

  private Ran run(String... arguments) {
    return Ran.command(home, arguments);
  }

  private void assertFails(Ran ran, String... words) {
    assertEquals(1, ran.status(), ran.err() + ran.out());
    for (String word : words) {
      assertTrue(ran.err().contains(word), () -> "no \"" + word + "\" in: " + ran.err());
    }
  }

  private static HttpResponse<byte[]> fetch(String url, String range)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
      if (!range.isEmpty()) {
        request.header("Range", range);
      }
      return http.send(request.build(), BodyHandlers.ofByteArray());
    }
  }

  private static void checkConditionalRequests(String url, int length)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
      HttpResponse<byte[]> head =
          http.send(request.copy().HEAD().build(), BodyHandlers.ofByteArray());
      assertEquals(200, head.statusCode());
      assertEquals(length, head.headers().firstValueAsLong("Content-Length").orElse(-1));
      assertEquals("bytes", head.headers().firstValue("Accept-Ranges").orElse(""));
      String etag = head.headers().firstValue("ETag").orElse("");
      assertEquals(
          304,
          http.send(
                  request.copy().header("If-None-Match", etag).build(), BodyHandlers.ofByteArray())
              .statusCode());
      HttpRequest stale =
          request.copy().header("If-Range", "\"other\"").header("Range", "bytes=0-9").build();
      assertEquals(length, http.send(stale, BodyHandlers.ofByteArray()).body().length);
      assertEquals(
          405,
          http.send(
                  request.copy().POST(HttpRequest.BodyPublishers.noBody()).build(),
                  BodyHandlers.ofByteArray())
              .statusCode());
      URI unknown = URI.create(url.substring(0, url.length() - 64) + "ab".repeat(32));
      assertEquals(
          404,
          http.send(HttpRequest.newBuilder(unknown).build(), BodyHandlers.ofByteArray())
              .statusCode());
    }
  }

  @Test
  void storesServesLosesRestoresAndExplainsEveryCoin() throws Exception {
    start();
    JsonNode ready = devnet.describe();
    assertTrue(ready.path("ready").asBoolean());
    assertEquals(201_403, ready.path("chainId").asLong());
    assertEquals(10, ready.path("accounts").size());
    assertEquals(8, ready.path("nodes").size());

    byte[] content = new byte[3_000_000];
    Seeds.random(1).nextBytes(content);
    Path file = Files.write(home.resolve("film.mp4"), content);
    JsonNode put = run("storage", "put", file.toString(), "--json").succeeded().json();
    String id = put.path("id").asText();
    assertEquals(content.length, put.path("bytes").asLong());
    assertTrue(put.path("cost").asText().matches("[1-9]\\d*"));

    HttpResponse<byte[]> part = fetch(put.path("url").asText(), "bytes=1000000-1999999");
    assertEquals(206, part.statusCode());
    assertEquals("video/mp4", part.headers().firstValue("Content-Type").orElse(""));
    assertArrayEquals(Arrays.copyOfRange(content, 1_000_000, 2_000_000), part.body());
    assertEquals(200, fetch(put.path("page").asText(), "").statusCode());
    assertEquals(416, fetch(put.path("url").asText(), "bytes=3000000-").statusCode());
    checkConditionalRequests(put.path("url").asText(), content.length);

    run("devnet", "warp", "2").succeeded();
    JsonNode contracts = run("storage", "contracts", "--json").succeeded().json();
    assertEquals(6, contracts.size());
    for (JsonNode contract : contracts) {
      assertTrue(contract.path("proofs").asLong() >= 1, contract.toString());
      assertEquals(contract.path("leaves").asLong() / 20, contract.path("proofs").asLong());
      assertEquals(0, contract.path("missedLeaves").asLong());
    }
    JsonNode status =
        run("provider", "status", "--json", "--dir", directory().resolve("provider-1").toString())
            .succeeded()
            .json();
    assertTrue(status.path("windowsProven").asLong() >= 1, status.toString());
    assertEquals(6, run("storage", "verify", id, "--json").succeeded().json().path("good").asInt());

    String[] kill = new String[VICTIMS.length + 2];
    kill[0] = "devnet";
    kill[1] = "kill";
    System.arraycopy(VICTIMS, 0, kill, 2, VICTIMS.length);
    run(kill).succeeded();
    Path copy = home.resolve("copy.mp4");
    run("storage", "get", id, "-o", copy.toString()).succeeded();
    assertArrayEquals(content, Files.readAllBytes(copy));
    run("devnet", "kill", "provider-1").succeeded();
    assertFails(run("storage", "get", id, "-o", home.resolve("no").toString()), "2");

    run("wallet", "send", "1", "2.5").succeeded();
    JsonNode history = run("wallet", "history", "--json").succeeded().json();
    assertTrue(history.path("matches").asBoolean());
    assertEquals(history.path("balance").asText(), history.path("sum").asText());
    assertTrue(run("wallet", "history", "--account", "1").succeeded().out().contains("received"));
    for (String account : new String[] {"node:0", "node:1"}) {
      run("wallet", "history", "--account", account).succeeded();
    }
    assertTrue(run("chain", "verify").succeeded().out().contains("no coin appeared"));

    long height = run("chain", "info", "--json").succeeded().json().path("height").asLong();
    devnet.stop();
    assertTrue(
        run("chain", "verify", "--json").succeeded().json().path("height").asLong() >= height);
    start();
    assertTrue(run("chain", "info", "--json").succeeded().json().path("height").asLong() >= height);
    Path again = home.resolve("again.mp4");
    run("storage", "get", id, "-o", again.toString()).succeeded();
    assertArrayEquals(content, Files.readAllBytes(again));
    assertEquals(1, run("storage", "ls", "--json").succeeded().json().size());
    run("storage", "rm", id).succeeded();
    assertEquals(0, run("storage", "ls", "--json").succeeded().json().size());
  }

  @Test
  void refusesWhatCannotWorkAndLosesNothing() throws Exception {
    start();
    Path empty = Files.write(home.resolve("empty"), new byte[0]);
    String id =
        run("storage", "put", empty.toString(), "--json").succeeded().json().path("id").asText();
    Path back = home.resolve("back");
    run("storage", "get", id, "-o", back.toString()).succeeded();
    assertEquals(0, Files.size(back));

    Path file = Files.write(home.resolve("file"), new byte[1000]);
    String unknown = "0x" + "ab".repeat(32);
    assertFails(run("storage", "get", unknown, "-o", home.resolve("x").toString()), "no provider");
    assertFails(run("storage", "rm", unknown), "no object");
    assertFails(run("storage", "put", file.toString(), "--erasure", "5/9"), "9");
    assertFails(
        run("storage", "put", file.toString(), "--budget", "0.000000000000000001"), "budget");
    Ran.with(home, Map.of("BITCLOUD_PASSWORD", "x"), "", "wallet", "create", "poor").succeeded();
    Ran poor =
        Ran.with(
            home,
            Map.of("BITCLOUD_PASSWORD", "x"),
            "",
            "storage",
            "put",
            file.toString(),
            "--from",
            "poor");
    assertFails(poor, "the account has 0 CLD");
    assertFails(run("wallet", "send", "1", "100000000"), "send less");
    assertFails(run("devnet", "kill", "provder-1"), "did you mean \"provider-1\"");

    int port = URI.create(devnet.describe().path("rpc").asText()).getPort();
    assertFails(
        run(
            "devnet",
            "--dir",
            home.resolve("other").toString(),
            "--rpc-port",
            "" + port,
            "--gateway-port",
            "0"),
        "cannot listen",
        "--rpc-port");
    assertFails(run("devnet", "--rpc-port", "0", "--gateway-port", "0"), "in use by");
    run(
            "devnet",
            "kill",
            "provider-1",
            "provider-2",
            "provider-3",
            "provider-4",
            "provider-5",
            "provider-6")
        .succeeded();
    assertFails(run("storage", "put", file.toString()), "provider");
    run("devnet", "start", "provider-1").succeeded();
    assertEquals(0, run("wallet", "history").status());

    devnet.stop();
    ServiceException changed =
        Assertions.assertThrows(
            ServiceException.class, () -> devnet(OptionalLong.of(5_000)).start());
    assertTrue(changed.getMessage().contains("--window-ms 5000"), changed.getMessage());
    assertTrue(changed.getMessage().contains("20000"), changed.getMessage());
  }
}
