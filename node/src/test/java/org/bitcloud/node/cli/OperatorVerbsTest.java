package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.bitcloud.node.GenesisFile;
import org.bitcloud.node.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Verbs for operators that need no network: configuration, keys, genesis files, completion.
final class OperatorVerbsTest {
  private static final Map<String, String> PASSWORD = Map.of("BITCLOUD_PASSWORD", "secret");
  private static final String KEY =
      "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

  @TempDir private Path home;

  private static void assertOwnersOnly(Path file) throws IOException {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  private Path genesis(String from, String to) throws IOException {
    Path file = home.resolve("genesis.json");
    try (var in = GenesisFile.class.getResourceAsStream("/genesis/devnet.json")) {
      String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertTrue(text.contains(from), from);
      return Files.writeString(file, text.replace(from, to));
    }
  }

  @Test
  void configurationShowsEachSettingWithItsOrigin() throws IOException {
    Files.createDirectories(home.resolve("node"));
    Path file = Files.writeString(home.resolve("node/config.json"), "{\"rpcPort\": 1234}");
    Ran ran =
        Ran.with(
            home,
            Map.of("BITCLOUD_LOG_LEVEL", "warn", "BITCLOUD_PASSWORD", "hunter2"),
            "",
            "config",
            "show",
            "--json");
    Map<String, JsonNode> shown = new HashMap<>();
    ran.succeeded().json().forEach(each -> shown.put(each.path("key").asText(), each));
    assertEquals("1234", shown.get("rpcPort").path("value").asText());
    assertEquals(file + ": \"rpcPort\"", shown.get("rpcPort").path("origin").asText());
    assertEquals("BITCLOUD_LOG_LEVEL", shown.get("logLevel").path("origin").asText());
    assertEquals("default", shown.get("rpcHost").path("origin").asText());
    assertFalse(ran.out().contains("hunter2"), "no secrets");
  }

  @Test
  void configurationShowsTheGenesisFileThatIsFoundInTheFolder() throws IOException {
    Path folder = Files.createDirectories(home.resolve("node"));
    assertShowsGenesis("", "default");
    Path own = Files.copy(genesis("201403", "201404"), folder.resolve("genesis.json"));
    assertShowsGenesis(own.toString(), "found in " + folder);
    Path file = Files.writeString(folder.resolve("config.json"), "{\"genesis\": \"other.json\"}");
    assertShowsGenesis("other.json", file + ": \"genesis\"");
  }

  private void assertShowsGenesis(String value, String origin) {
    for (JsonNode each : Ran.command(home, "config", "show", "--json").succeeded().json()) {
      if (each.path("key").asText().equals("genesis")) {
        assertEquals(value, each.path("value").asText());
        assertEquals(origin, each.path("origin").asText());
        return;
      }
    }
    throw new AssertionError("config show says nothing of genesis");
  }

  @Test
  void keyIsMadeForItsOwnerOnlyAndNeverOverwritten() throws IOException {
    Path file = home.resolve("validator.key");
    JsonNode made = Ran.command(home, "keygen", file.toString(), "--json").succeeded().json();
    assertOwnersOnly(file);
    String key = Files.readString(file);
    assertFalse(made.toString().contains(key.strip()), "the private half is not printed");
    Ran imported = Ran.with(home, PASSWORD, key, "wallet", "import", "val", "--json");
    assertEquals(made.path("address"), imported.succeeded().json().path("address"));
    Ran again = Ran.command(home, "keygen", file.toString());
    assertEquals(1, again.status());
    assertTrue(again.err().contains("exists"), again.err());
    assertEquals(key, Files.readString(file));
  }

  @Test
  void accountIsExportedLockedOrBareAfterConsent() throws IOException {
    Ran.with(home, PASSWORD, KEY + "\n", "wallet", "import", "bob").succeeded();
    Path kept = home.resolve("devnet/user/keystore/bob.json");
    assertOwnersOnly(kept);
    Path locked = home.resolve("bob.json");
    Ran.command(home, "wallet", "export", "bob", "-o", locked.toString()).succeeded();
    assertEquals(Files.readString(kept), Files.readString(locked));
    Path bare = home.resolve("bob.key");
    String[] export = {"wallet", "export", "bob", "--raw", "-o", bare.toString()};
    Ran refused = Ran.with(home, PASSWORD, "no\n", export);
    assertEquals(1, refused.status());
    assertTrue(refused.err().contains("nothing was written"), refused.err());
    assertFalse(Files.exists(bare));
    Ran given = Ran.with(home, PASSWORD, "yes\n", export).succeeded();
    assertEquals(KEY, Files.readString(bare).strip());
    assertOwnersOnly(bare);
    assertFalse(given.out().contains(KEY), "the key goes to the file only");
  }

  @Test
  void genesisHasTheHashThatNodesReport() throws ConfigException, IOException {
    Path file = genesis("201403", "201404");
    String hash = GenesisFile.read(file).genesisHash().toHex();
    String name = file.toString();
    assertEquals(hash, Ran.command(home, "genesis", "hash", name).succeeded().out().strip());
    JsonNode valid = Ran.command(home, "genesis", "validate", name, "--json").succeeded().json();
    assertEquals(hash, valid.path("genesisHash").asText());
    assertEquals(201_404, valid.path("chainId").asLong());
  }

  @Test
  void genesisThatCannotBeCarriedOutIsRefusedInOneLine() throws IOException {
    assertRefused(genesis("\"id\": \"dev\"", "\"id\": \"devv\""), "devv");
    assertRefused(genesis("\"drawsPerWindow\"", "\"drawsPerWindo\""), "drawsPerWindo");
    assertRefused(genesis("\"gasLimit\"", "\"gasLimt\""), "gasLim");
  }

  @Test
  void validatorsWithoutUsableKeysAreRefusedInOneLine() throws IOException {
    assertRefused(genesis("bcc7bf\"", "bcc7be\""), "validators[0]: \"publicKey\" is no point");
    assertRefused(genesis("bcc7bf\"", "bcc7\""), "must be 64 bytes, not 63");
    assertRefused(genesis("bcc7bf\"", "bcc7bx\""), "is no public key");
    assertRefused(genesis("\"secp256k1\"", "\"rsa\""), "must be secp256k1 or ed25519");
    assertRefused(genesis("\"validators\": [", "\"validators\": [], \"x\": ["), "needs a member");
  }

  /// By the check, and by the node that would run on it.
  private void assertRefused(Path file, String word) {
    for (String[] command :
        new String[][] {
          {"genesis", "validate", file.toString()},
          {"node", "--genesis", file.toString(), "--rpc-port", "0", "--end-with-stdin"}
        }) {
      Ran ran = Ran.command(home, command);
      assertEquals(1, ran.status(), ran.out());
      assertTrue(ran.err().startsWith("error: ") && ran.err().contains(word), ran.err());
      assertEquals(1, ran.err().lines().count(), ran.err());
    }
  }

  @Test
  void completionKnowsTheVerbsOfEveryBranch() {
    for (String shell : new String[] {"bash", "zsh"}) {
      String script = Ran.command(home, "completion", shell).succeeded().out();
      assertTrue(script.contains("_picocli_bitcloud_storage_put"), shell);
      assertTrue(script.contains("--rpc-port"), shell);
    }
    assertEquals(2, Ran.command(home, "completion", "fish").status());
  }
}
