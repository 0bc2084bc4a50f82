package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Processes that want what a node's process has already: its directory, its port.
@Timeout(120)
class SecondProcessIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;
  private Process first;
  private JsonNode ready;

  @BeforeEach
  void start() throws IOException {
    first = launch("first", "node", "--account", "node:0", "--rpc-port", "0", "--json");
    String line = first.inputReader(StandardCharsets.UTF_8).readLine();
    assertTrue(line != null, () -> "no node: " + errors("first"));
    ready = JSON.readTree(line);
    assertTrue(ready.path("ready").asBoolean(), line);
  }

  @AfterEach
  void stop() throws InterruptedException {
    first.destroyForcibly().waitFor();
  }

  private Process launch(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bitcloud.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(home.resolve(name + ".err").toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("BITCLOUD_"));
    builder.environment().put("BITCLOUD_HOME", home.toString());
    return builder.start();
  }

  private String errors(String name) {
    try {
      return Files.readString(home.resolve(name + ".err"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertRefused(String words, String... arguments) throws Exception {
    Process second = launch("second", arguments);
    assertTrue(second.waitFor(60, TimeUnit.SECONDS));
    String said = errors("second");
    assertEquals(1, second.exitValue(), said);
    assertTrue(said.startsWith("error: ") && said.contains(words), said);
    assertEquals(1, said.lines().count(), said);
  }

  private long height() {
    return Ran.command(home, "chain", "info", "--rpc", ready.path("rpc").asText(), "--json")
        .succeeded()
        .json()
        .path("height")
        .asLong();
  }

  @Test
  void areToldWhoHasItAndHarmNothing() throws Exception {
    long height = height();
    String owner = "is in use by process " + ready.path("pid").asText();
    String folder = home.resolve("node").toString();
    assertRefused(owner, "node", "--rpc-port", "0");
    assertRefused(owner, "chain", "import", blocks(), "--dir", folder);
    assertRefused(owner, "chain", "export", home.resolve("out").toString(), "--dir", folder);
    assertFalse(Files.exists(home.resolve("out")));
    String port = ready.path("port").asText();
    assertRefused(
        ":" + port, "node", "--dir", home.resolve("other").toString(), "--rpc-port", port);
    assertTrue(errors("second").contains("choose another --rpc-port"), errors("second"));
    assertTrue(height() >= height, "the first one goes on");

    first.destroyForcibly().waitFor(); // a lock that outlived its process would be refused here
    JsonNode verified =
        Ran.command(home, "chain", "verify", "--dir", folder, "--json").succeeded().json();
    assertTrue(verified.path("height").asLong() >= height, verified.toString());
  }

  /// The blocks of another devnet, which is stopped.
  private String blocks() {
    String other = home.resolve("exported").toString();
    String file = home.resolve("blocks.bin").toString();
    Ran.command(
            home,
            "node",
            "--dir",
            other,
            "--account",
            "node:0",
            "--rpc-port",
            "0",
            "--end-with-stdin")
        .succeeded();
    Ran.command(home, "chain", "export", file, "--dir", other).succeeded();
    return file;
  }
}
