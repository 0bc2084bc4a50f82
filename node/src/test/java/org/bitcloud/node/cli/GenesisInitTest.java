package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.node.GenesisFile;
import org.bitcloud.node.TestLedgerNode;
import org.bitcloud.primitives.Amount;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Founding a network with `keygen`, `genesis init` and `node`.
@Timeout(60)
class GenesisInitTest {
  private static final Map<String, String> PASSWORD = Map.of("BITCLOUD_PASSWORD", "secret");
  private static final String ALICE = "0x00000000000000000000000000000000000a11ce";

  @TempDir private Path home;
  private Path key;
  private Path file;
  private JsonNode made;

  @BeforeEach
  void makeKey() {
    key = home.resolve("validator.key");
    file = home.resolve("genesis.json");
    made = Ran.command(home, "keygen", key.toString(), "--json").succeeded().json();
  }

  private Ran init(String... flags) {
    List<String> arguments = new ArrayList<>(List.of("genesis", "init", "-o", file.toString()));
    arguments.addAll(List.of(flags));
    return Ran.command(home, arguments.toArray(String[]::new));
  }

  @Test
  void genesisHasWhatWasAskedForAndNothingOfTheTemplatesKeys() throws Exception {
    JsonNode told =
        init(
                "--chain-id",
                "777001",
                "--engine",
                "poa",
                "--block-ms",
                "500",
                "--validator",
                key.toString(),
                "--alloc",
                ALICE + "=12.5",
                "--json")
            .succeeded()
            .json();
    Genesis founded = GenesisFile.read(file);
    assertEquals(777_001, founded.chainId());
    assertEquals("poa", founded.engineId());
    assertEquals("500", founded.engineParameters().get("blockMillis"));
    assertEquals(1, founded.validators().size());
    assertEquals(
        made.path("publicKey").asText(), founded.validators().getFirst().publicKey().toHex());
    assertEquals(1, founded.allocations().size());
    assertEquals(ALICE, founded.allocations().getFirst().address().toHex());
    assertEquals(Amount.parseCloudcoins("12.5"), founded.allocations().getFirst().balance());
    assertEquals(founded.genesisHash().toHex(), told.path("genesisHash").asText());
    Ran.command(home, "genesis", "validate", file.toString()).succeeded();
  }

  @Test
  void nodeRunsOnIt() throws Exception {
    init("--chain-id", "777002", "--engine", "dev", "--validator", made.path("publicKey").asText())
        .succeeded();
    Ran.with(home, PASSWORD, Files.readString(key), "wallet", "import", "val").succeeded();
    Path account = home.resolve("devnet/user/keystore/val.json");
    JsonNode ready =
        Ran.with(
                home,
                PASSWORD,
                "",
                "node",
                "--genesis",
                file.toString(),
                "--account",
                account.toString(),
                "--rpc-port",
                "0",
                "--end-with-stdin",
                "--json")
            .succeeded()
            .json();
    assertEquals(777_002, ready.path("chainId").asLong());
    assertEquals(made.path("address"), ready.path("address"));
  }

  @Test
  void chainOfAnotherGenesisIsRefusedAndLeftAlone() throws Exception {
    String validator = made.path("publicKey").asText();
    init("--chain-id", "777004", "--engine", "dev", "--validator", validator).succeeded();
    String own = file.toString();
    file = home.resolve("other.json");
    init("--chain-id", "777004", "--engine", "poa", "--validator", validator).succeeded();
    String before = node(own).succeeded().json().path("dir").asText();
    for (Ran ran :
        List.of(
            node(file.toString()),
            Ran.command(home, "node", "--rpc-port", "0", "--end-with-stdin"),
            Ran.command(home, "chain", "verify", "--dir", before))) {
      assertEquals(1, ran.status(), ran.out());
      assertTrue(
          ran.err().startsWith("error: ") && ran.err().contains("another genesis"), ran.err());
      assertTrue(ran.err().contains("use the directory of this network"), ran.err());
      assertEquals(1, ran.err().lines().count(), ran.err());
    }
    assertEquals(before, node(own).succeeded().json().path("dir").asText());
  }

  private Ran node(String genesis) {
    return Ran.command(
        home, "node", "--genesis", genesis, "--rpc-port", "0", "--end-with-stdin", "--json");
  }

  @Test
  void existingFileIsNeverOverwritten() throws Exception {
    Files.writeString(file, "mine");
    assertRefused("exists already", "--chain-id", "777003", "--validator", key.toString());
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void whatNoNetworkCanBeFoundedWithLeavesNoFile() {
    String validator = key.toString();
    String known = TestLedgerNode.key(0, 0).publicKey().toHex();
    String rich = TestLedgerNode.key(0, 1).address().toHex();
    assertNoFile("201403", "--chain-id", "201403", "--validator", validator);
    assertNoFile("devnet key", "--chain-id", "7", "--validator", known);
    assertNoFile("devnet key", "--chain-id", "7", "--validator", validator, "--alloc", rich + "=1");
    assertNoFile("twice", "--chain-id", "7", "--validator", validator, "--validator", validator);
    assertNoFile("64 bytes", "--chain-id", "7", "--validator", "0x1234");
    assertNoFile("no such file", "--chain-id", "7", "--validator", home.resolve("no").toString());
    assertNoFile("ADDRESS=CLD", "--chain-id", "7", "--validator", validator, "--alloc", ALICE);
    assertNoFile(
        "twice",
        "--chain-id",
        "7",
        "--validator",
        validator,
        "--alloc",
        ALICE + "=1",
        "--alloc",
        ALICE + "=2");
    assertNoFile("chainId", "--chain-id", "0", "--validator", validator);
    assertNoFile("devv", "--chain-id", "7", "--validator", validator, "--engine", "devv");
    assertNoFile("windowMillis", "--chain-id", "7", "--validator", validator, "--window-ms", "-1");
    assertNoFile("nonet", "--chain-id", "7", "--validator", validator, "--network-from", "nonet");
  }

  private void assertNoFile(String word, String... flags) {
    assertRefused(word, flags);
    assertFalse(Files.exists(file));
  }

  private void assertRefused(String word, String... flags) {
    Ran ran = init(flags);
    assertEquals(1, ran.status(), ran.out());
    assertTrue(ran.err().startsWith("error: ") && ran.err().contains(word), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
  }
}
