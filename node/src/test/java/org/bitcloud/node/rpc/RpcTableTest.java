package org.bitcloud.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bitcloud.node.TestLedgerNode;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.LegacyTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The document that `rpc_discover` serves, held against the node: one valid call a method, one
/// corruption a parameter.
@Timeout(60)
class RpcTableTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String ADDRESS = TestLedgerNode.key(0, 4).address().toHex();
  private static final String RICH = TestLedgerNode.key(0, 2).address().checksum();
  private static final String ZERO_HASH = "\"0x" + "00".repeat(32) + "\"";

  /// A valid value of every type of parameter, and one that is not.
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("address", List.of("\"" + ADDRESS + "\"", "\"0x12\"")),
          Map.entry("block", List.of("\"latest\"", "\"nonsense\"")),
          Map.entry("call", List.of("{\"to\":\"" + ADDRESS + "\"}", "{\"to\":\"0x12\"}")),
          Map.entry("data", List.of("\"0x00\"", "\"0x0\"")),
          Map.entry("flag", List.of("true", "\"true\"")),
          Map.entry("hash", List.of(ZERO_HASH, "\"0x00\"")),
          Map.entry("logFilter", List.of("{}", "{\"address\":\"0x12\"}")),
          Map.entry("percentiles", List.of("[10,90]", "[101]")),
          Map.entry("quantity", List.of("\"0x1\"", "\"-1\"")),
          Map.entry("stateKey", List.of("{\"account\":\"" + ADDRESS + "\"}", "{\"account\":1}")));

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

  private static JsonNode call(String method, List<String> params) throws Exception {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":[%s]}"
            .formatted(method, String.join(",", params));
    var request =
        HttpRequest.newBuilder(node.url()).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
  }

  private static JsonNode result(String method, List<String> params) throws Exception {
    JsonNode answer = call(method, params);
    assertTrue(answer.has("result"), method + params + answer);
    return answer.get("result");
  }

  /// Valid parameters; some methods need what exists.
  private static List<String> valid(OpenRpc.Signature signature) throws Exception {
    return switch (signature.name()) {
      case "eth_sendRawTransaction" -> List.of("\"" + transfer() + "\"");
      case "eth_getFilterChanges", "eth_getFilterLogs", "eth_uninstallFilter" ->
          List.of(result("eth_newFilter", List.of("{}")).toString());
      default ->
          signature.params().stream().map(param -> VALUES.get(param.type()).getFirst()).toList();
    };
  }

  private static String transfer() {
    var transaction =
        new LegacyTransaction(
            201403,
            0,
            Amount.of(10_000_000_000L),
            21_000,
            TestLedgerNode.key(0, 9).address(),
            Amount.ONE,
            Bytes.EMPTY);
    return SignedTransaction.sign(transaction, TestLedgerNode.key(0, 4)).encoded().toHex();
  }

  private static List<OpenRpc.Signature> overHttp() {
    return OpenRpc.SIGNATURES.values().stream()
        .filter(signature -> !OpenRpc.SOCKET_ONLY.contains(signature.name()))
        .toList();
  }

  @Test
  void documentsJustWhatItAnswers() throws Exception {
    JsonNode document = result("rpc_discover", List.of());
    Set<String> documented = new TreeSet<>();
    for (JsonNode method : document.get("methods")) {
      documented.add(method.get("name").asText());
      List<JsonNode> references = new ArrayList<>();
      method.get("params").forEach(param -> references.add(param.get("schema").get("$ref")));
      references.add(method.get("result").get("schema").get("$ref"));
      for (JsonNode reference : references) {
        assertFalse(document.at(reference.asText().substring(1)).isMissingNode(), "" + reference);
      }
    }
    assertEquals(OpenRpc.SIGNATURES.navigableKeySet(), documented);
    Set<String> answered = new TreeSet<>(node.node().rpcMethods());
    answered.addAll(OpenRpc.SOCKET_ONLY);
    assertEquals(answered, documented);
  }

  @Test
  void answersOneValidCallOfEveryMethodAsDocumented() throws Exception {
    JsonNode schemas = OpenRpc.schemas();
    for (OpenRpc.Signature signature : overHttp()) {
      if (signature.name().equals("bitcloud_sendAttestation")) {
        continue; // needs parties with bonds: the attestation pool's tests send them
      }
      JsonNode result = result(signature.name(), valid(signature));
      assertConforms(schemas.get(signature.result()), result, signature.name());
    }
  }

  private static void assertConforms(JsonNode schema, JsonNode value, String what) {
    String type =
        value.isTextual() ? "string" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    boolean fits = schema.get("type").asText().equals(type);
    for (JsonNode each : schema.get("type")) {
      fits |= each.asText().equals(type);
    }
    assertTrue(fits, what + ": " + value);
    if (value.isTextual() && schema.has("pattern")) {
      assertTrue(value.textValue().matches(schema.get("pattern").asText()), what + ": " + value);
    }
  }

  @Test
  void refusesEveryParameterThatIsNotOfItsType() throws Exception {
    for (OpenRpc.Signature signature : overHttp()) {
      for (int i = 0; i < signature.params().size(); i++) {
        List<String> params = new ArrayList<>();
        for (OpenRpc.Param param : signature.params()) {
          params.add(VALUES.get(param.type()).getFirst());
        }
        params.set(i, VALUES.get(signature.params().get(i).type()).getLast());
        JsonNode answer = call(signature.name(), params);
        assertEquals(
            -32602, answer.path("error").path("code").asInt(), signature.name() + params + answer);
      }
    }
  }

  @Test
  void refusesEveryRequiredParameterThatIsMissing() throws Exception {
    for (OpenRpc.Signature signature : overHttp()) {
      long required = signature.params().stream().filter(OpenRpc.Param::required).count();
      if (required > 0) {
        List<String> params = valid(signature).subList(0, (int) required - 1);
        JsonNode answer = call(signature.name(), params);
        assertEquals(-32602, answer.path("error").path("code").asInt(), signature.name() + answer);
      }
    }
  }

  @Test
  void takesTheFormsThatClientsWrite() throws Exception {
    ObjectNode head = (ObjectNode) result("eth_getBlockByNumber", List.of("\"latest\""));
    ArrayNode balances = JSON.createArrayNode();
    for (String block :
        List.of(
            "null",
            "\"pending\"",
            "\"safe\"",
            "\"finalized\"",
            "\"earliest\"",
            "0",
            "\"0x0\"",
            head.get("hash").toString(),
            "{\"blockHash\":" + head.get("hash") + ",\"requireCanonical\":true}",
            "{\"blockNumber\":" + head.get("number") + "}")) {
      balances.add(result("eth_getBalance", List.of("\"" + RICH + "\"", block)));
    }
    assertEquals(10, balances.size());
    balances.forEach(balance -> assertEquals("0xd3c21bcecceda1000000", balance.asText()));
  }
}
