package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bitcloud.contracts.naming.Commitment;
import org.bitcloud.contracts.naming.NamingAbi;
import org.bitcloud.contracts.naming.NamingCall;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.devnet.Devnet;
import org.bitcloud.node.devnet.DevnetKeys;
import org.bitcloud.node.devnet.DevnetSettings;
import org.bitcloud.node.wiring.Assembly;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verbs of `name` on a whole network in this process, which all tests share.
final class NameTest {
  private static final String ALICE = DevnetKeys.user(0).address().checksum();
  private static final String BOB = DevnetKeys.user(1).address().checksum();

  @TempDir private static Path home;
  private static Devnet devnet;

  @BeforeAll
  static void start() throws Exception {
    Path directory = home.resolve("devnet");
    devnet =
        new Devnet(
            new DevnetSettings(
                directory,
                0,
                0,
                OptionalInt.of(1),
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                false,
                NodeConfig.load(directory, Map.of(), Map.of())),
            new Assembly());
    devnet.start();
  }

  @AfterAll
  static void stop() {
    devnet.stop();
  }

  private Ran run(String... arguments) {
    return Ran.command(home, arguments);
  }

  private JsonNode json(String... arguments) {
    String[] all = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
    return run(all).succeeded().json();
  }

  private void assertFails(String words, String... arguments) {
    Ran ran = run(arguments);
    assertEquals(1, ran.status(), ran.err() + ran.out());
    assertTrue(ran.err().contains(words), () -> "no \"" + words + "\" in: " + ran.err());
  }

  private List<Path> pending() throws IOException {
    Path folder = home.resolve("devnet/user/names");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void registersSetsResolvesTransfersAndRenews() throws Exception {
    assertEquals("free", json("name", "show", "alice").path("phase").asText());
    JsonNode registered = json("name", "register", "Alice", "--years", "2");
    assertEquals(ALICE, registered.path("owner").asText());
    assertEquals("2000000000000000000", registered.path("price").asText());
    assertEquals(List.of(), pending());

    run("name", "set", "alice", "address", BOB).succeeded();
    run("name", "set", "alice", "content", "0x" + "ab".repeat(32)).succeeded();
    run("name", "set", "alice", "note", "hello world").succeeded();
    assertEquals(BOB, run("name", "resolve", "alice").succeeded().out().strip());
    assertEquals(
        "hello world", json("name", "resolve", "alice", "--key", "note").path("value").asText());
    run("name", "set", "alice", "note").succeeded();
    assertFails("says nothing about note", "name", "resolve", "alice", "--key", "note");

    run("name", "transfer", "alice", "1").succeeded();
    assertFails("NAM-42", "name", "set", "alice", "note", "mine");
    run("name", "set", "alice", "address", ALICE, "--from", "1").succeeded();
    long expires = registered.path("expires").asLong();
    long year = 365L * 24 * 3600 * 1000;
    assertEquals(
        expires + 3 * year,
        json("name", "renew", "alice", "--years", "3").path("expires").asLong());
    JsonNode shown = json("name", "show", "alice");
    assertEquals("active", shown.path("phase").asText());
    assertEquals(BOB, shown.path("owner").asText());
    assertEquals(ALICE, shown.path("records").get(0).path("value").asText());
    assertEquals(2, shown.path("records").size());

    assertFails("belongs to " + BOB, "name", "register", "alice");
    JsonNode history = json("wallet", "history");
    assertTrue(history.path("matches").asBoolean(), history.toString());
    assertTrue(run("wallet", "history").out().contains("burned for years of a name"));
    assertTrue(run("chain", "verify").succeeded().out().contains("no coin appeared"));
  }

  @Test
  void refusesWhatCannotBeAName() throws Exception {
    assertFails("3 to 63 characters", "name", "register", "ab");
    assertFails("a to z", "name", "show", "a.b");
    assertFails("--years must be 1 to 10", "name", "register", "alice", "--years", "11");
    assertFails("20 bytes", "name", "set", "alice", "address", "hello");
    assertFails("record key", "name", "set", "alice", "A_B", "hello");
    assertFails("NAM-40", "name", "resolve", "nobody");
    assertFails("NAM-40", "name", "transfer", "nobody", "1");
    Ran.with(home, Map.of("BITCLOUD_PASSWORD", "x"), "", "wallet", "create", "poor").succeeded();
    Ran poor =
        Ran.with(
            home,
            Map.of("BITCLOUD_PASSWORD", "x"),
            "",
            "name",
            "register",
            "abc",
            "--from",
            "poor");
    assertEquals(1, poor.status());
    assertTrue(poor.err().contains("costs 80 CLD"), poor.err());
    assertEquals(List.of(), pending());
  }

  /// A run that was stopped after its commitment, as its file and the chain have it.
  @Test
  void goesOnWithAnInterruptedRegistration() throws Exception {
    KeyPair key = DevnetKeys.user(0);
    Hash secret = Sha256.hash(Bytes.ofUtf8("a secret that must not be lost"));
    var commitment = new Commitment("carol", key.address(), secret);
    var names = new PendingNames(home.resolve("devnet/user/names"));
    try (RpcLedger ledger =
            new RpcLedger(URI.create(devnet.describe().path("rpc").asText()), Duration.ZERO);
        HeadGate heads = new HeadGate(ledger)) {
      Hash chain = ledger.network().genesisHash();
      names.keep(new PendingNames.Pending(key.address(), commitment, chain));
      var sender = new TransactionSender(ledger, heads, key);
      assertTrue(
          sender
              .send(
                  NamingAbi.ADDRESS, Amount.ZERO, new NamingCall.Commit(commitment.hash()).encode())
              .await()
              .success());
      Ran resumed = run("name", "register", "carol").succeeded();
      assertTrue(resumed.out().contains("going on with"), resumed.out());
      assertFalse(resumed.out().contains("committed to"), resumed.out());
      assertEquals(List.of(), pending());
      assertEquals(ALICE, json("name", "show", "carol").path("owner").asText());

      // Stopped once more, this time after the reveal was in a block.
      names.keep(new PendingNames.Pending(key.address(), commitment, chain));
      assertEquals(ALICE, json("name", "register", "carol").path("owner").asText());
      assertEquals(List.of(), pending());
    }
  }

  @Test
  void saysWhenAnUnfinishedRegistrationIsDamaged() throws Exception {
    Path folder = Files.createDirectories(home.resolve("devnet/user/names"));
    Path file = folder.resolve(DevnetKeys.user(0).address().toHex() + "-dave.json");
    Files.writeString(file, "{\"secret\": \"0x12\"}");
    assertFails("delete it to begin anew", "name", "register", "dave");
    Files.delete(file);
    run("name", "register", "dave", "--owner", "1").succeeded();
    assertEquals(BOB, json("name", "show", "dave").path("owner").asText());
  }
}
