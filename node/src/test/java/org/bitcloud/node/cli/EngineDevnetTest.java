package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.devnet.Devnet;
import org.bitcloud.node.devnet.DevnetSettings;
import org.bitcloud.node.wiring.Assembly;
import org.bitcloud.primitives.Hash;
import org.bitcloud.testkit.Await;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The main path of a devnet on engines that make blocks by themselves.
@Timeout(120)
final class EngineDevnetTest {
  @TempDir Path home;

  private Devnet devnet(String engine, long blockMillis) throws Exception {
    Path directory = home.resolve("devnet");
    Files.createDirectories(directory);
    return new Devnet(
        new DevnetSettings(
            directory,
            0,
            0,
            OptionalInt.empty(),
            engine,
            blockMillis == 0 ? OptionalLong.empty() : OptionalLong.of(blockMillis),
            OptionalLong.empty(),
            false,
            NodeConfig.load(directory, Map.of(), Map.of())),
        new Assembly());
  }

  @ParameterizedTest
  @CsvSource({"pow, 100, 6, 12", "poa, 50, 64, 128"})
  void sealsStoresAndTagsByDepth(String engine, long blockMillis, long safe, long finalized)
      throws Exception {
    Devnet devnet = devnet(engine, blockMillis);
    devnet.start();
    try {
      Ran.command(home, "wallet", "send", "1", "2.5").succeeded();
      byte[] content = new byte[200_000];
      Seeds.random(1).nextBytes(content);
      Path file = Files.write(home.resolve("film.mp4"), content);
      JsonNode put =
          Ran.command(home, "storage", "put", file.toString(), "--json").succeeded().json();
      Path copy = home.resolve("copy.mp4");
      Ran.command(home, "storage", "get", put.path("id").asText(), "-o", copy.toString())
          .succeeded();
      assertArrayEquals(content, Files.readAllBytes(copy));

      checkTags(URI.create(devnet.describe().path("rpc").asText()), safe, finalized);
      Ran warp = Ran.command(home, "devnet", "warp", "1");
      assertEquals(1, warp.status());
      assertTrue(warp.err().contains("engine " + engine + " cannot be moved"), warp.err());
      assertTrue(
          Ran.command(home, "chain", "verify").succeeded().out().contains("no coin appeared"));
    } finally {
      devnet.stop();
    }
    movesInFiles();
    ServiceException other = assertThrows(ServiceException.class, () -> devnet("dev", 0).start());
    assertTrue(String.valueOf(other.getMessage()).contains("founded with " + engine));
  }

  /// The stopped devnet's chain goes to two other nodes: as blocks, and as a state with the blocks
  /// after it.
  private void movesInFiles() {
    String genesis = home.resolve("devnet/genesis.json").toString();
    JsonNode blocks = done("chain", "export", in("blocks.bin"));
    JsonNode all =
        done("chain", "import", in("blocks.bin"), "--dir", in("all"), "--genesis", genesis);
    assertEquals(blocks.path("blocks"), all.path("blocks"));
    assertEquals(blocks.path("transactions"), all.path("transactions"));

    JsonNode state = done("chain", "snapshot", "export", in("state.bin"), "--dir", in("all"));
    String from = Long.toString(state.path("height").asLong() + 1);
    JsonNode rest = done("chain", "export", in("rest.bin"), "--dir", in("all"), "--from", from);
    String hash = state.path("block").asText();
    assertEquals(
        1,
        Ran.command(
                home,
                "chain",
                "snapshot",
                "import",
                in("state.bin"),
                "--dir",
                in("late"),
                "--genesis",
                genesis,
                "--block",
                Hash.ZERO.toString())
            .status());
    JsonNode entries =
        done(
            "chain",
            "snapshot",
            "import",
            in("state.bin"),
            "--dir",
            in("late"),
            "--genesis",
            genesis,
            "--block",
            hash);
    assertEquals(state.path("entries"), entries.path("entries"));
    JsonNode late = done("chain", "import", in("rest.bin"), "--dir", in("late"));
    assertEquals(rest.path("blocks"), late.path("blocks"));
    assertEquals(all.path("state_root"), late.path("state_root"));
    JsonNode verified = done("chain", "verify", "--dir", in("late"));
    assertEquals(state.path("height"), verified.path("first"));
    assertEquals(all.path("state_root"), verified.path("stateRoot"));
  }

  private JsonNode done(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    return Ran.command(home, all).succeeded().json();
  }

  private String in(String name) {
    return home.resolve(name).toString();
  }

  private static void checkTags(URI rpc, long safe, long finalized) throws Exception {
    Await<Long> heights = new Await<>();
    try (RpcLedger ledger = new RpcLedger(rpc, Duration.ZERO);
        var _ = ledger.onHead(head -> heights.happened(head.height().value()))) {
      long _ = heights.first(height -> height > finalized + 2, Duration.ofSeconds(60));
      JsonNode status = ledger.client().call("bitcloud_consensusStatus");
      long latest = number(status, "latest");
      assertEquals(latest - safe, number(status, "safe"));
      assertEquals(Math.max(0, latest - finalized), number(status, "finalized"));
      JsonNode block = ledger.client().call("eth_getBlockByNumber", "safe", false);
      assertTrue(number(block, "number") >= latest - safe);
    }
  }

  private static long number(JsonNode object, String key) {
    return Long.decode(object.path(key).asText());
  }
}
