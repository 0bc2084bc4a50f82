package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.tx.LegacyTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The measurements run, on little work, and say what they did.
final class BenchTest {
  private static final String[] SMALL = {
    "bench", "import", "--blocks", "3", "--transfers", "40", "--senders", "7", "--json"
  };

  @TempDir private Path home;

  @Test
  void importsTheSameChainEveryTime() throws Exception {
    JsonNode first = Ran.command(home, SMALL).succeeded().json();
    assertEquals(3, first.path("blocks").asInt());
    assertEquals(120, first.path("transactions").asInt());
    assertTrue(first.path("seconds").asDouble() > 0);
    assertTrue(first.path("tx_per_s").asDouble() > 0);
    assertTrue(first.path("cpu_seconds").asDouble() > 0);
    List<String> kept = names(home.resolve("bench"));
    assertEquals(1, kept.size(), "only the chain file is kept: " + kept);

    JsonNode second = Ran.command(home, SMALL).succeeded().json();
    assertEquals(first.path("state_root"), second.path("state_root"));
    assertEquals(kept, names(home.resolve("bench")));
  }

  @Test
  void importsTransactionsOfAnotherProgram() throws Exception {
    KeyPair key = KeyPair.of(Sha256.hash(Bytes.ofUtf8("another program")).bytes());
    List<String> lines = new ArrayList<>();
    for (int nonce = 0; nonce < 5; nonce++) {
      LegacyTransaction transfer =
          new LegacyTransaction(
              20_141,
              nonce,
              Amount.of(2_000_000_000L),
              21_000,
              Address.ZERO,
              Amount.of(1),
              Bytes.EMPTY);
      lines.add("0 " + SignedTransaction.sign(transfer, key).encoded().toHex());
    }
    Path raw = Files.write(home.resolve("raw.txt"), lines);
    Path alloc =
        Files.writeString(
            home.resolve("alloc.txt"), key.address().checksum() + " 1000000000000000000");
    JsonNode done = given(raw, alloc).succeeded().json();
    assertEquals(5, done.path("transactions").asInt());
    assertEquals(3, done.path("blocks").asInt());

    Path broke = Files.writeString(home.resolve("broke.txt"), key.address().checksum() + " 1");
    Ran poor = given(raw, broke);
    assertEquals(1, poor.status());
    assertTrue(poor.err().contains("are their senders funded"), poor.err());

    Ran wrong = given(alloc, alloc);
    assertEquals(1, wrong.status());
    assertTrue(wrong.err().contains("line 1: no transaction"), wrong.err());
    assertEquals(1, names(home.resolve("bench")).size(), "what failed leaves nothing");
  }

  private Ran given(Path raw, Path alloc) {
    return Ran.command(
        home,
        "bench",
        "import",
        "--from",
        raw.toString(),
        "--alloc",
        alloc.toString(),
        "--transfers",
        "2",
        "--json");
  }

  @Test
  void verifyMeasuresEveryFigure() {
    JsonNode figures =
        Ran.command(home, "bench", "verify", "--millis", "1", "--json").succeeded().json();
    assertEquals(14, figures.size());
    for (var figure : figures.properties()) {
      assertTrue(
          figure.getKey().equals("curve") || figure.getValue().asDouble() > 0, figure.toString());
    }
  }

  @Test
  void rpcFindsEveryTransferInABlock() throws Exception {
    JsonNode report =
        Ran.command(home, "bench", "rpc", "--seconds", "1", "--connections", "4", "--json")
            .succeeded()
            .json();
    JsonNode sent = report.path("eth_sendRawTransaction");
    assertTrue(sent.path("accepted").asInt() > 0, report.toString());
    assertTrue(sent.path("blocks").asInt() > 0, report.toString());
    for (String method : List.of("eth_getBalance", "eth_sendRawTransaction")) {
      JsonNode figures = report.path(method);
      assertTrue(figures.path("per_s").asDouble() > 0, report.toString());
      assertTrue(
          figures.path("p99_ms").asDouble() >= figures.path("p50_ms").asDouble(),
          report.toString());
      assertTrue(figures.path("cpu_seconds_per_100k").asDouble() > 0, report.toString());
    }
    assertEquals(List.of(), names(home.resolve("bench")), "the node's folder is gone");
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    Ran none = Ran.command(home, "bench", "import", "--blocks", "0");
    assertEquals(1, none.status());
    assertTrue(none.err().contains("--blocks 0 is out of range"), none.err());
    Ran late = Ran.command(home, "bench", "rpc", "--seconds", "61");
    assertTrue(late.err().contains("--seconds 61 is out of range"), late.err());
    Ran noUrl = Ran.command(home, "bench", "rpc", "--rpc", "devnet");
    assertTrue(noUrl.err().contains("an address such as http://"), noUrl.err());
    Ran half = Ran.command(home, "bench", "import", "--from", "raw.txt");
    assertTrue(half.err().contains("belong together"), half.err());
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
