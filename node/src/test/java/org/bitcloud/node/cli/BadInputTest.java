package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bitcloud.node.DataDirectory;
import org.bitcloud.node.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wrong use and wrong surroundings, without any network: one line each, with the remedy.
final class BadInputTest {
  @TempDir private Path home;

  private static void assertFails(Ran ran, int status, String... words) {
    assertEquals(status, ran.status(), ran.err());
    assertTrue(ran.err().startsWith("error: "), ran.err());
    for (String word : words) {
      assertTrue(ran.err().contains(word), () -> "no \"" + word + "\" in: " + ran.err());
    }
    assertFalse(ran.err().contains("\tat "), "no stack trace");
  }

  @Test
  void unknownVerbIsMisuseAndNamesTheNearest() {
    assertFails(Ran.command(home, "storage", "putt", "x"), 2, "putt", "put");
  }

  @Test
  void groupWithoutVerbListsItsVerbs() {
    assertFails(Ran.command(home, "storage"), 2, "put", "get", "contracts");
  }

  @Test
  void everyVerbExplainsItself() {
    for (String verb :
        new String[] {
          "devnet",
          "node",
          "gateway",
          "version",
          "storage put",
          "storage get",
          "wallet history",
          "provider init",
          "chain verify",
          "devnet warp"
        }) {
      Ran ran = Ran.command(home, (verb + " --help").split(" ", -1));
      assertEquals(0, ran.status(), verb);
      assertTrue(ran.out().contains("Usage: bitcloud " + verb), ran.out());
    }
  }

  @Test
  void versionIsMachineReadable() {
    assertTrue(Ran.command(home, "version", "--json").succeeded().json().has("version"));
  }

  @Test
  void commandWithoutDevnetSaysHowToStartOne() {
    assertFails(
        Ran.command(home, "storage", "ls"), 1, "no devnet runs", "bitcloud devnet", "--rpc");
  }

  @Test
  void missingFileIsNamedBeforeTheNetworkIsAsked() {
    assertFails(
        Ran.command(home, "storage", "put", "/no/such/file"), 1, "no such file", "/no/such/file");
  }

  @Test
  void folderCannotBePut() {
    assertFails(Ran.command(home, "storage", "put", home.toString()), 1, "is a folder", "tar");
  }

  @Test
  void malformedIdIsRefused() {
    assertFails(Ran.command(home, "storage", "get", "0x12"), 1, "not an object's id", "storage ls");
  }

  @Test
  void malformedAmountIsRefused() {
    assertFails(Ran.command(home, "wallet", "send", "1", "much"), 1, "not an amount", "1.5");
  }

  @Test
  void deadNodeIsNamed() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertFails(
        Ran.command(home, "wallet", "balance", "--rpc", "http://127.0.0.1:" + port),
        1,
        "does not answer",
        String.valueOf(port));
  }

  @Test
  void unknownConfigurationKeyNamesTheNearest() throws IOException {
    Files.createDirectories(home.resolve("devnet"));
    Files.writeString(home.resolve("devnet/config.json"), "{\"rpcPrt\": 1}");
    assertFails(Ran.command(home, "devnet"), 1, "rpcPrt", "did you mean \"rpcPort\"?");
  }

  @Test
  void unknownVariableNamesTheNearest() {
    assertFails(
        Ran.with(home, Map.of("BITCLOUD_RPC_PROT", "1"), "", "devnet"),
        1,
        "BITCLOUD_RPC_PROT",
        "BITCLOUD_RPC_PORT");
  }

  @Test
  void configurationThatIsNoJsonIsNamed() throws IOException {
    Files.createDirectories(home.resolve("devnet"));
    Files.writeString(home.resolve("devnet/config.json"), "{");
    assertFails(Ran.command(home, "devnet"), 1, "config.json", "not JSON");
  }

  @Test
  void settingOutOfBoundsNamesItsOrigin() {
    assertFails(
        Ran.with(home, Map.of("BITCLOUD_RPC_PORT", "70000"), "", "devnet"),
        1,
        "BITCLOUD_RPC_PORT",
        "65535");
  }

  @Test
  void nodeIsAsStrictAboutItsSettings() throws IOException {
    assertFails(Ran.command(home, "node", "--rpc-prot", "0"), 2, "--rpc-prot", "--rpc-port");
    Path file = home.resolve("node/config.json");
    Files.createDirectories(home.resolve("node"));
    Files.writeString(file, "{\"databaseMib\": 64}");
    assertFails(Ran.command(home, "node"), 1, "databaseMib", "did you mean \"databaseMiB\"?");
    Files.writeString(file, "[".repeat(5_000));
    assertFails(Ran.command(home, "node"), 1, "config.json", "not JSON");
    Files.writeString(file, "{\"rpcPort\": \"many\"}");
    assertFails(Ran.command(home, "node"), 1, "rpcPort", "0 to 65535", "many");
    assertFalse(Files.exists(home.resolve("node/db")), "nothing was begun");
  }

  @Test
  void portThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertFails(
          Ran.command(home, "node", "--rpc-port", port),
          1,
          ":" + port,
          "choose another --rpc-port");
      assertFails(
          Ran.command(home, "devnet", "--rpc-port", port, "--gateway-port", "0"),
          1,
          ":" + port,
          "choose another --rpc-port");
      assertFails(
          Ran.command(home, "devnet", "--rpc-port", "0", "--gateway-port", port),
          1,
          ":" + port,
          "choose another --gateway-port");
    }
  }

  @Test
  void devnetBeyondLoopbackIsRefused() {
    assertFails(
        Ran.with(home, Map.of("BITCLOUD_RPC_HOST", "0.0.0.0"), "", "devnet"),
        1,
        "everybody knows the keys");
  }

  @Test
  void devnetKeyOnAnotherInterfaceIsRefusedForNodes() {
    assertFails(
        Ran.command(home, "node", "--account", "node:0", "--rpc-host", "0.0.0.0"),
        1,
        "everybody knows");
  }

  @Test
  void secondProcessOnOneDirectoryIsToldWhoHasIt() throws ServiceException {
    try (DataDirectory _ = DataDirectory.open(home.resolve("devnet"))) {
      assertFails(
          Ran.command(home, "devnet", "--rpc-port", "0", "--gateway-port", "0"),
          1,
          "in use by",
          "--dir");
    }
  }

  @Test
  void damagedDatabaseIsNamedAndLeftAlone() throws IOException {
    Path db = home.resolve("devnet/validator/db");
    Files.createDirectories(db);
    Files.writeString(db.resolve("CURRENT"), "MANIFEST-000007\n");
    Files.writeString(db.resolve("MANIFEST-000007"), "this is no manifest");
    assertFails(Ran.command(home, "chain", "verify"), 1, db.toString());
    assertTrue(Files.exists(db.resolve("MANIFEST-000007")), "nothing is deleted");
  }

  @Test
  void accountsAreMadeImportedAndListed() {
    Map<String, String> password = Map.of("BITCLOUD_PASSWORD", "secret");
    String key = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80\n";
    Ran made = Ran.with(home, password, "", "wallet", "create", "alice", "--json").succeeded();
    assertEquals(12, made.err().lines().toList().getLast().strip().split(" ").length);
    String imported =
        Ran.with(home, password, key, "wallet", "import", "bob", "--json")
            .succeeded()
            .json()
            .path("address")
            .asText();
    assertEquals("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", imported);
    String list = Ran.command(home, "wallet", "list").succeeded().out();
    assertTrue(list.contains("alice") && list.contains("bob"), list);
    assertFails(
        Ran.with(home, password, "", "wallet", "create", "alice"), 1, "exists", "another name");
    assertFails(
        Ran.with(home, password, "not a phrase\n", "wallet", "import", "carol"),
        1,
        "neither a seed phrase nor a private key");
  }

  @Test
  void providerSettingsAreCheckedBeforeTheyAreWritten() {
    String dir = home.resolve("p").toString();
    assertFails(
        Ran.command(
            home,
            "provider",
            "init",
            "--dir",
            dir,
            "--account",
            "node:1",
            "--storage-price",
            "much"),
        1,
        "cloudcoins");
    assertFalse(Files.exists(home.resolve("p/config.json")));
    Ran.command(
            home, "provider", "init", "--dir", dir, "--account", "node:1", "--storage-price", "8")
        .succeeded();
    assertFails(Ran.command(home, "provider", "status", "--dir", dir), 1, "no provider runs");
    Ran.command(home, "provider", "price", "--dir", dir, "--storage", "7").succeeded();
    assertFails(
        Ran.command(home, "provider", "init", "--dir", dir, "--account", "node:1"),
        1,
        "config.json");
  }
}
