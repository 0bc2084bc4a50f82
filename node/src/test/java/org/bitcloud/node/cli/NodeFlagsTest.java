package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.node.TestLedgerNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Flags of `node`, and what `chain info` says of one that runs.
@Timeout(60)
class NodeFlagsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;

  /// Starts a node whose input has ended: it stops as soon as it is ready.
  private Ran node(String... flags) {
    List<String> arguments =
        new ArrayList<>(
            List.of("node", "--account", "node:0", "--rpc-port", "0", "--end-with-stdin"));
    arguments.addAll(List.of(flags));
    return Ran.command(home, arguments.toArray(String[]::new));
  }

  @Test
  void logIsJsonOfTheLevelThatWasAskedFor() throws Exception {
    node("--log-format", "json", "--log-level", "info").succeeded();
    List<String> lines = Files.readAllLines(home.resolve("node/logs/node.log"));
    assertFalse(lines.isEmpty());
    for (String line : lines) {
      JsonNode entry = JSON.readTree(line);
      assertTrue(entry.path("timestamp").asLong() > 0, line);
      assertFalse(entry.path("level").asText().equals("DEBUG"), line);
    }
    assertTrue(lines.stream().anyMatch(line -> line.contains("JSON-RPC on port")));
  }

  @Test
  void logIsQuietAboveItsLevelAndTextByDefault() throws Exception {
    node("--log-level", "error").succeeded();
    assertEquals("", Files.readString(home.resolve("node/logs/node.log")));
    node().succeeded();
    String text = Files.readString(home.resolve("node/logs/node.log"));
    assertTrue(text.contains(" INFO  LedgerNode "), text);
  }

  @Test
  void wrongFlagsAreRefusedByName() {
    assertRefused("--log-format must be text or json, not \"xml\"", "--log-format", "xml");
    assertRefused("--log-level must be debug, info", "--log-level", "loud");
    assertRefused("--metrics must be on or off, not \"maybe\"", "--metrics", "maybe");
  }

  private void assertRefused(String words, String... flags) {
    Ran ran = node(flags);
    assertEquals(1, ran.status());
    assertTrue(ran.err().startsWith("error: ") && ran.err().contains(words), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
  }

  @Test
  void chainInfoTellsWhatIsFinalAndTheStatesRoot() throws Exception {
    try (TestLedgerNode running = TestLedgerNode.start(home.resolve("other"))) {
      String url = running.url().toString();
      JsonNode info = Ran.command(home, "chain", "info", "--rpc", url, "--json").succeeded().json();
      var heads = running.node().access().chain().heads();
      assertEquals(heads.headRef().height().value(), info.path("height").asLong(-1));
      assertEquals(heads.safe().height().value(), info.path("safe").asLong(-1));
      assertEquals(heads.finalized().height().value(), info.path("finalized").asLong(-1));
      assertEquals(heads.head().roots().state().toHex(), info.path("stateRoot").asText());
      String text = Ran.command(home, "chain", "info", "--rpc", url).succeeded().out();
      assertTrue(text.contains("state    " + heads.head().roots().state().toHex()), text);
    }
  }
}
