package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bitcloud.node.TestLedgerNode;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that cannot write any more. What is limited is the size of its files, which unlike a
/// full disk needs no file system of its own; the writes fail in the same place.
@Timeout(120)
class FullDiskIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Amount GWEI = Amount.of(1_000_000_000L);
  private static final int INPUT_BYTES = 100_000;
  private static final int FILE_BYTES = 2_097_152;

  @TempDir private Path home;
  private final HttpClient http = HttpClient.newHttpClient();

  private static boolean limits(long pid) throws InterruptedException {
    try {
      Process limit =
          new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + FILE_BYTES)
              .start();
      return limit.waitFor(10, TimeUnit.SECONDS) && limit.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void nodeStopsWithTheReasonAndKeepsEveryBlockItHadReported() throws Exception {
    long reported = 0;
    try (Launched node =
        Launched.command(home, "node", "--account", "node:0", "--rpc-port", "0", "--json")) {
      JsonNode ready = node.ready();
      assumeTrue(limits(ready.path("pid").asLong()), "skipped: there is no prlimit");
      URI rpc = URI.create(ready.path("rpc").asText());
      try {
        for (int nonce = 0; nonce < 100; nonce++) {
          JsonNode sent = call(rpc, "eth_sendRawTransaction", large(nonce));
          assertFalse(sent.has("error"), sent.toString());
          JsonNode made = call(rpc, "dev_mine", "").path("result");
          reported = made.isObject() ? Long.decode(made.path("number").asText()) : reported;
        }
      } catch (IOException e) { // it has stopped
        assertTrue(reported > 0, e.toString());
      }
      node.assertFails("the node halted", "File too large", "nothing written before is lost");
    }
    Path folder = home.resolve("node");
    JsonNode verified =
        Ran.command(home, "chain", "verify", "--dir", folder.toString(), "--json")
            .succeeded()
            .json();
    assertTrue(verified.path("height").asLong() >= reported, verified + " after " + reported);
  }

  private JsonNode call(URI rpc, String method, String param)
      throws IOException, InterruptedException {
    String params = param.isEmpty() ? "" : "\"" + param + "\"";
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
            .formatted(method, params);
    var request = HttpRequest.newBuilder(rpc).POST(HttpRequest.BodyPublishers.ofString(body));
    return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
  }

  /// A transfer with much input that does not compress.
  private static String large(int nonce) {
    byte[] input = new byte[INPUT_BYTES];
    new Random(nonce).nextBytes(input);
    var transaction =
        new DynamicFeeTransaction(
            201_403,
            nonce,
            GWEI,
            GWEI.times(10),
            2_200_000,
            TestLedgerNode.key(0, 9).address(),
            Amount.ONE,
            Bytes.wrap(input));
    return SignedTransaction.sign(transaction, TestLedgerNode.key(0, 3)).encoded().toHex();
  }

  @Test
  void nodeThatCannotUnpackItsDatabaseSaysWhere() throws Exception {
    List<String> limited = List.of("sh", "-c", "ulimit -f 4096; exec \"$@\"", "sh");
    try (Launched node =
        Launched.within(limited, home, "node", "--rpc-port", "0", "--end-with-stdin")) {
      node.assertFails("the database's library cannot be unpacked into", "File too large");
    }
  }
}
