package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.devnet.Devnet;
import org.bitcloud.node.devnet.DevnetSettings;
import org.bitcloud.node.wiring.Assembly;
import org.bitcloud.testkit.Await;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A devnet whose nodes are processes, killed as an operating system kills.
final class DevnetProcessesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path home;
  private Devnet devnet;

  @AfterEach
  void stop() {
    if (devnet != null) {
      devnet.stop();
    }
  }

  private Map<String, JsonNode> nodes() {
    Map<String, JsonNode> nodes = new HashMap<>();
    for (JsonNode node : devnet.describe().path("nodes")) {
      nodes.put(node.path("id").asText(), node);
    }
    return nodes;
  }

  private void killProcess(String id) {
    ProcessHandle process = ProcessHandle.of(nodes().get(id).path("pid").asLong()).orElseThrow();
    assertTrue(process.destroyForcibly());
    ProcessHandle _ = Await.result(process.onExit(), PATIENCE);
    assertFalse(nodes().get(id).path("running").asBoolean());
  }

  @Test
  void outlivesKilledValidatorAndProviders() throws Exception {
    Path directory = home.resolve("devnet");
    devnet =
        new Devnet(
            new DevnetSettings(
                directory,
                0,
                0,
                OptionalInt.of(3),
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                true,
                NodeConfig.load(directory, Map.of(), Map.of())),
            new Assembly());
    devnet.start();
    Map<String, JsonNode> before = nodes();
    assertEquals(
        5, before.values().stream().map(node -> node.path("pid").asLong()).distinct().count());

    byte[] content = new byte[500_000];
    Seeds.random(2).nextBytes(content);
    Path file = Files.write(home.resolve("file.bin"), content);
    String id =
        Ran.command(home, "storage", "put", file.toString(), "--json")
            .succeeded()
            .json()
            .path("id")
            .asText();

    killProcess("provider-1");
    killProcess("provider-2");
    killProcess("validator");
    assertEquals(1, Ran.command(home, "chain", "info").status());
    Ran.command(home, "devnet", "start", "validator", "provider-1").succeeded();
    Map<String, JsonNode> after = nodes();
    assertEquals(before.get("validator").path("rpc"), after.get("validator").path("rpc"));
    assertNotEquals(before.get("validator").path("pid"), after.get("validator").path("pid"));

    Path copy = home.resolve("copy.bin");
    Ran.command(home, "storage", "get", id, "-o", copy.toString()).succeeded();
    assertArrayEquals(content, Files.readAllBytes(copy));
    Ran.command(home, "wallet", "history").succeeded();
    Ran.command(home, "chain", "verify").succeeded();
  }
}
