package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Processes that want what a node's process has already: its directory, its port.
@Timeout(120)
class SecondProcessIT {
  @TempDir private Path home;
  private Launched first;
  private JsonNode ready;

  @BeforeEach
  void start() throws IOException {
    first = Launched.command(home, "node", "--account", "node:0", "--rpc-port", "0", "--json");
    ready = first.ready();
  }

  @AfterEach
  void stop() {
    first.close();
  }

  private Launched second(String... arguments) throws IOException {
    return Launched.command(home, arguments);
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
    Path out = home.resolve("out");
    second("node", "--rpc-port", "0").assertFails(owner);
    second("chain", "import", blocks(), "--dir", folder).assertFails(owner);
    second("chain", "export", out.toString(), "--dir", folder).assertFails(owner);
    assertFalse(Files.exists(out));
    String port = ready.path("port").asText();
    second("node", "--dir", home.resolve("other").toString(), "--rpc-port", port)
        .assertFails(":" + port, "choose another --rpc-port");
    assertTrue(height() >= height, "the first one goes on");

    first.kill(); // a lock that outlived its process would be refused here
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
