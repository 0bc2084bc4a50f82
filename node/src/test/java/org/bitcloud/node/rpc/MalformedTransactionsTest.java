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
import java.util.List;
import org.bitcloud.node.TestLedgerNode;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.Transaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every way in which a transaction can be wrong, sent to a real node: each is named, and none
/// leaves a trace.
@Timeout(60)
class MalformedTransactionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long CHAIN = 201_403;
  private static final Address TO = TestLedgerNode.key(0, 9).address();
  private static final Address SENDER = TestLedgerNode.key(0, 6).address();
  private static final Amount TIP = Amount.of(1_000_000_000L);
  private static final Amount CAP = TIP.times(10);
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger TWO_TO_63 = ONE.shiftLeft(63);

  private final HttpClient http = HttpClient.newHttpClient();
  private TestLedgerNode node;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    node = TestLedgerNode.start(folder);
  }

  @AfterEach
  void stop() {
    node.close();
    http.shutdownNow();
  }

  /// What is sent, the rule that the answer names, and how its message begins.
  private record Row(Bytes encoded, String rule, String words) {}

  private static List<Row> table() {
    Bytes good = sign(transfer(CHAIN, 0, TIP, 21_000, TO, Amount.ONE));
    Amount million = Amount.CLOUDCOIN.times(1_000_000);
    return List.of(
        new Row(Bytes.EMPTY, "MALFORMED", "malformed"),
        new Row(Bytes.wrap(new byte[SignedTransaction.SIZE_MAX + 1]), "OVERSIZED", "oversized"),
        new Row(Bytes.concat(Bytes.of((byte) 3), good.slice(1)), "UNKNOWN_TYPE", "transaction ty"),
        new Row(good.slice(0, good.size() - 1), "MALFORMED", "malformed"),
        new Row(Bytes.concat(good, Bytes.of((byte) 0)), "TRAILING_BYTES", "bytes after the end"),
        new Row(longLength(good), "MALFORMED", "malformed"),
        new Row(legacy(27), "NOT_REPLAY_PROTECTED", "only replay-protected"),
        new Row(dynamic(0, ONE, 21_000, 1, ONE, ONE), "WRONG_CHAIN_ID", "invalid chain id"),
        new Row(
            sign(transfer(1, 0, TIP, 21_000, TO, Amount.ONE)), "WRONG_CHAIN", "invalid chain id"),
        new Row(dynamic(CHAIN, ONE, 21_000, 2, ONE, ONE), "INVALID_SIGNATURE", "invalid trans"),
        new Row(
            dynamic(CHAIN, ONE, 21_000, 1, BigInteger.ZERO, ONE), "INVALID_SIGNATURE", "invalid"),
        new Row(dynamic(CHAIN, ONE, 21_000, 1, ORDER, ONE), "INVALID_SIGNATURE", "invalid"),
        new Row( // 5 is the x of no point of the curve
            dynamic(CHAIN, ONE, 21_000, 1, BigInteger.valueOf(5), ONE),
            "INVALID_SIGNATURE",
            "invalid"),
        new Row(
            dynamic(CHAIN, ONE, 21_000, 1, ONE, ORDER.shiftRight(1).add(ONE)),
            "HIGH_S",
            "invalid transaction v, r, s values: s is in the upper half"),
        new Row(dynamic(CHAIN, TWO_TO_63, 21_000, 1, ONE, ONE), "NONCE_OVERFLOW", "nonce has max"),
        new Row(
            dynamic(CHAIN, ONE, Long.MIN_VALUE, 1, ONE, ONE), "GAS_LIMIT_OVERFLOW", "gas limit is"),
        new Row(
            sign(transfer(CHAIN, 0, CAP.plus(Amount.ONE), 21_000, TO, Amount.ONE)),
            "TIP_ABOVE_FEE_CAP",
            "max priority fee per gas higher than max fee per gas"),
        new Row(
            sign(transfer(CHAIN, 0, TIP, 21_000, TO, Amount.MAX)),
            "INSUFFICIENT_FUNDS",
            "insufficient funds"),
        new Row(
            sign(transfer(CHAIN, 0, TIP, 21_000, TO, million)),
            "INSUFFICIENT_FUNDS",
            "insufficient funds for gas * price + value"),
        new Row(
            sign(transfer(CHAIN, 0, TIP, 60_000, null, Amount.ONE)),
            "NO_RECIPIENT",
            "contract cre"),
        new Row(
            sign(transfer(CHAIN, 0, TIP, 20_999, TO, Amount.ONE)),
            "INTRINSIC_GAS",
            "intrinsic gas too low"),
        new Row(
            sign(transfer(CHAIN, 0, TIP, 1L << 50, TO, Amount.ONE)),
            "BLOCK_GAS",
            "exceeds block gas limit"));
  }

  @Test
  void eachIsRefusedByItsRuleAndLeavesNoTrace() throws Exception {
    for (Row row : table()) {
      JsonNode error = send(row.encoded()).path("error");
      assertEquals(row.rule(), error.path("data").asText(), error.toString());
      assertEquals(-32000, error.path("code").asInt(), error.toString());
      String message = error.path("message").asText();
      assertTrue(message.startsWith(row.words()), message);
      assertEquals(1, message.lines().count(), message);
    }
    assertEquals("0x0", result("eth_getTransactionCount", "[\"%s\",\"pending\"]"));
    assertEquals("0xd3c21bcecceda1000000", result("eth_getBalance", "[\"%s\",\"latest\"]"));
    Bytes good = sign(transfer(CHAIN, 0, TIP, 21_000, TO, Amount.ONE));
    assertTrue(send(good).has("result"), "the good one is taken after all of them");
    JsonNode again = send(good).path("error");
    assertTrue(
        List.of("ALREADY_KNOWN", "NONCE_TOO_LOW").contains(again.path("data").asText()),
        again.toString());
  }

  private String result(String method, String params) throws Exception {
    return call(method, params.formatted(SENDER.toHex())).path("result").asText();
  }

  private JsonNode send(Bytes encoded) throws Exception {
    return call("eth_sendRawTransaction", "[\"" + encoded.toHex() + "\"]");
  }

  private JsonNode call(String method, String params) throws Exception {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}".formatted(method, params);
    var request =
        HttpRequest.newBuilder(node.url()).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  private static Transaction transfer(
      long chain, long nonce, Amount tip, long gas, @Nullable Address to, Amount value) {
    return new DynamicFeeTransaction(chain, nonce, tip, CAP, gas, to, value, Bytes.EMPTY);
  }

  private static Bytes sign(Transaction transaction) {
    return SignedTransaction.sign(transaction, TestLedgerNode.key(0, 6)).encoded();
  }

  /// The same list with its length in one byte more than it takes.
  private static Bytes longLength(Bytes good) {
    Bytes list = good.slice(3);
    return Bytes.concat(
        good.slice(0, 1), Bytes.of((byte) 0xf9), Bytes.of((byte) 0, (byte) list.size()), list);
  }

  private static Bytes legacy(long v) {
    return RlpWriter.encode(
        w -> {
          w.beginList().number(0).number(1).number(21_000).address(TO).number(5);
          w.bytes(Bytes.EMPTY).number(v).number(1).number(1).endList();
        });
  }

  /// Type 2 with fields that no honest encoder writes.
  ///
  /// @param gas an unsigned number
  private static Bytes dynamic(
      long chainId, BigInteger nonce, long gas, long parity, BigInteger r, BigInteger s) {
    Amount limit = Amount.of(new BigInteger(Long.toUnsignedString(gas)));
    return RlpWriter.encode(
        w -> {
          w.raw(Bytes.of((byte) 2)).beginList().number(chainId).amount(Amount.of(nonce));
          w.number(1).number(1).amount(limit).address(TO).number(5).bytes(Bytes.EMPTY);
          w.beginList().endList().number(parity);
          w.amount(Amount.of(r)).amount(Amount.of(s)).endList();
        });
  }
}
