package org.bitcloud.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bitcloud.chain.state.StateProof;
import org.bitcloud.contracts.Account;
import org.bitcloud.node.TestLedgerNode;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.LegacyTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.Transaction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RpcServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Address RECIPIENT = TestLedgerNode.key(0, 9).address();
  private static final Amount GWEI = Amount.of(1_000_000_000L);

  private static TestLedgerNode node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node = TestLedgerNode.start(folder);
  }

  @AfterAll
  static void stop() {
    node.close();
    HTTP.shutdownNow();
  }

  private static String post(String body) throws Exception {
    var request =
        HttpRequest.newBuilder(node.url()).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }

  private static JsonNode call(String method, String params) throws Exception {
    return JSON.readTree(
        post(
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}"
                .formatted(method, params)));
  }

  private static JsonNode result(String method, String params) throws Exception {
    JsonNode answer = call(method, params);
    assertTrue(answer.has("result"), answer.toString());
    return answer.get("result");
  }

  private static void assertError(int code, String words, JsonNode answer) {
    assertEquals(code, answer.path("error").path("code").asInt(), answer.toString());
    String message = answer.path("error").path("message").asText();
    assertTrue(message.contains(words), message);
  }

  @Test
  void answersMalformedRequestsWithTheirErrors() throws Exception {
    assertError(-32700, "parse error", JSON.readTree(post("{\"jsonrpc\":")));
    assertError(-32700, "empty", JSON.readTree(post("")));
    assertError(-32700, "parse error", JSON.readTree(post("[".repeat(1000))));
    assertError(-32700, "parse error", JSON.readTree(post("{\"id\":1,\"id\":2}")));
    assertError(-32600, "request", JSON.readTree(post("7")));
    assertError(-32600, "batch", JSON.readTree(post("[]")));
    assertError(-32600, "request", JSON.readTree(post("{\"id\":1}")));
    assertError(-32601, "the method eth_nope does not exist", call("eth_nope", "[]"));
    assertError(-32602, "params must be an array", call("eth_getBalance", "{\"a\":1}"));
    assertError(-32602, "address", call("eth_getBalance", "[\"0x12\"]"));
    assertError(-32602, "missing value", call("eth_getBalance", "[]"));
    assertError(-32602, "block", call("eth_getBlockByNumber", "[\"nonsense\",false]"));
    String many = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"},".repeat(1001);
    assertError(
        -32005, "batch", JSON.readTree(post("[" + many.substring(0, many.length() - 1) + "]")));
  }

  @Test
  void refusesOversizedAndDeeplyNestedRequests() throws Exception {
    String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"params\":[%s]}";
    String deepest = "[".repeat(62) + "]".repeat(62); // 64 with the request and its parameters
    assertEquals("0x312bb", JSON.readTree(post(call.formatted(deepest))).path("result").asText());
    assertError(
        -32700, "nested deeper than 64", JSON.readTree(post(call.formatted("[" + deepest + "]"))));
    assertError(-32700, "nested deeper than 64", JSON.readTree(post("{\"a\":".repeat(1_000_000))));
    var oversized =
        HttpRequest.newBuilder(node.url())
            .POST(HttpRequest.BodyPublishers.ofString(" ".repeat(5 * 1024 * 1024 + 1)))
            .build();
    assertEquals(413, HTTP.send(oversized, BodyHandlers.ofString()).statusCode());
    assertEquals("0x312bb", result("eth_chainId", "[]").asText(), "the node goes on");
  }

  @Test
  void answersBatchesInOrderAndNotificationsNot() throws Exception {
    JsonNode answers =
        JSON.readTree(
            post(
                """
                [{"jsonrpc":"2.0","id":"a","method":"eth_chainId"},
                 {"jsonrpc":"2.0","method":"eth_chainId"},
                 {"jsonrpc":"2.0","id":2,"method":"net_version","params":[]}]"""));
    assertEquals(2, answers.size());
    assertEquals("a", answers.get(0).get("id").asText());
    assertEquals("0x312bb", answers.get(0).get("result").asText());
    assertEquals("201403", answers.get(1).get("result").asText());
    assertEquals("", post("{\"jsonrpc\":\"2.0\",\"method\":\"eth_chainId\"}"));
  }

  private static Transaction transfer(long nonce, Amount tip, Amount cap, long gas, Amount value) {
    return new DynamicFeeTransaction(201403, nonce, tip, cap, gas, RECIPIENT, value, Bytes.EMPTY);
  }

  private static JsonNode send(Transaction transaction, KeyPair key) throws Exception {
    String raw = SignedTransaction.sign(transaction, key).encoded().toHex();
    return call("eth_sendRawTransaction", "[\"" + raw + "\"]");
  }

  @Test
  void refusesBadTransactionsInTheWordsOfWallets() throws Exception {
    KeyPair key = TestLedgerNode.key(0, 6);
    Amount cap = GWEI.times(10);
    Amount one = Amount.ONE;
    assertError(
        -32000,
        "insufficient funds",
        send(transfer(0, GWEI, cap, 21_000, Amount.CLOUDCOIN.times(2_000_000)), key));
    assertError(-32000, "intrinsic gas too low", send(transfer(0, GWEI, cap, 20_999, one), key));
    assertError(
        -32000,
        "max priority fee per gas higher than max fee per gas",
        send(transfer(0, cap.plus(one), cap, 21_000, one), key));
    assertError(
        -32000,
        "chain",
        send(new LegacyTransaction(1, 0, cap, 21_000, RECIPIENT, one, Bytes.EMPTY), key));
    for (String raw : List.of("0x", "0x00", "0x02c0", "0x05aabb", "0xf8ff", "nothex")) {
      assertTrue(call("eth_sendRawTransaction", "[\"" + raw + "\"]").has("error"), raw);
    }
    String good =
        SignedTransaction.sign(transfer(0, GWEI, cap, 21_000, one), key).encoded().toHex();
    assertTrue(call("eth_sendRawTransaction", "[\"" + good + "00\"]").has("error"), "trailing");
    assertTrue(call("eth_sendRawTransaction", "[\"" + good + "\"]").has("result"));
  }

  @Test
  void showsAcceptedTransactionsInBlocksReceiptsAndBalances() throws Exception {
    KeyPair key = TestLedgerNode.key(0, 7);
    JsonNode before = result("eth_blockNumber", "[]");
    String hash =
        send(transfer(0, GWEI, GWEI.times(10), 21_000, Amount.CLOUDCOIN), key)
            .path("result")
            .asText();
    JsonNode receipt = awaitReceipt(hash);
    assertEquals("0x1", receipt.get("status").asText());
    assertEquals("0x5208", receipt.get("gasUsed").asText());
    String number = receipt.get("blockNumber").asText();
    assertTrue(Long.decode(number) > Long.decode(before.asText()));
    JsonNode block = result("eth_getBlockByNumber", "[\"" + number + "\",true]");
    assertEquals(hash, block.get("transactions").get(0).get("hash").asText());
    assertEquals(receipt.get("blockHash"), block.get("hash"));
    JsonNode old = result("eth_getBalance", "[\"" + key.address().toHex() + "\",\"earliest\"]");
    assertEquals(Amount.CLOUDCOIN.times(1_000_000), amount(old));
    assertEquals(
        "0x1",
        result("eth_getTransactionCount", "[\"" + key.address().toHex() + "\",\"latest\"]")
            .asText());
    JsonNode supply = result("bitcloud_supply", "[]");
    assertTrue(supply.get("burned").asText().length() > 3, "the base fee was burned");
  }

  /// Receipts appear with the block; heads are what one waits for, so ask once per new head.
  private static JsonNode awaitReceipt(String hash) throws Exception {
    try (var ledger = new RpcLedger(node.url(), Duration.ZERO)) {
      var seen = new LinkedBlockingQueue<Long>();
      try (var _ = ledger.onHead(head -> seen.add(head.height().value()))) {
        while (true) {
          JsonNode receipt = result("eth_getTransactionReceipt", "[\"" + hash + "\"]");
          if (!receipt.isNull()) {
            return receipt;
          }
          assertTrue(seen.poll(20, TimeUnit.SECONDS) != null, "a new head");
        }
      }
    }
  }

  private static Amount amount(JsonNode quantity) {
    return Amount.of(new BigInteger(quantity.asText().substring(2), 16));
  }

  @Test
  void provesStateAgainstTheHeader() throws Exception {
    String account = TestLedgerNode.key(0, 8).address().toHex();
    JsonNode proof = result("bitcloud_getProof", "[{\"account\":\"" + account + "\"},\"latest\"]");
    var decoded = StateProof.decode(Bytes.fromHex(proof.get("proof").asText()));
    var value =
        decoded.verify(
            Hash.fromHex(proof.get("stateRoot").asText()),
            Bytes.fromHex(proof.get("key").asText()));
    assertEquals(Amount.CLOUDCOIN.times(1_000_000), Account.decode(value.orElseThrow()).balance());
  }

  @Test
  void exportsTheWholeStateInPages() throws Exception {
    String after = "0x";
    int entries = 0;
    for (boolean more = true; more; ) {
      JsonNode page = result("bitcloud_exportState", "[\"" + after + "\",\"0x14\"]");
      for (JsonNode entry : page.get("entries")) {
        assertTrue(entry.get(0).asText().compareTo(after) > 0 || after.equals("0x"));
        after = entry.get(0).asText();
        entries++;
      }
      more = page.get("more").asBoolean();
    }
    assertTrue(entries >= 74, "74 funded accounts and more, not " + entries);
  }

  @Test
  void answersRevertsWithTheirRule() throws Exception {
    String withdraw = "0x2e1a7d4d" + "00".repeat(31) + "01";
    JsonNode answer =
        call(
            "eth_call",
            "[{\"to\":\"0x000000000000000000000000000000000000bc02\",\"data\":\""
                + withdraw
                + "\"},\"latest\"]");
    assertError(3, "execution reverted: STO-", answer);
    assertTrue(answer.get("error").get("data").asText().startsWith("0x08c379a0"));
  }

  @Test
  void advancesChainTimeOnDemand() throws Exception {
    JsonNode before = result("eth_getBlockByNumber", "[\"latest\",false]");
    JsonNode made = result("dev_advance", "[60000]");
    JsonNode after =
        result("eth_getBlockByNumber", "[\"" + made.get("number").asText() + "\",false]");
    assertTrue(
        Long.decode(after.get("timestampMillis").asText())
            >= Long.decode(before.get("timestampMillis").asText()) + 60_000);
    assertError(-32602, "milliseconds", call("dev_advance", "[0]"));
  }
}
