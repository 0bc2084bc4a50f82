package org.bitcloud.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Requests of a corpus and their mutations: each has one well-formed answer or none, and the short
/// way gives the same answer as the general one.
class RequestFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Object HEAD = "head";

  private final Map<String, RpcMethod> methods = methods();
  private final RpcDispatcher dispatcher = new RpcDispatcher(methods, () -> 0, RpcObserver.NONE);
  private final QuickCalls quick = new QuickCalls(methods, () -> HEAD, () -> 0, RpcObserver.NONE);

  private static Map<String, RpcMethod> methods() {
    Map<String, RpcMethod> methods = new HashMap<>();
    for (String name : List.of("eth_chainId", "net_version", "eth_blockNumber", "eth_gasPrice")) {
      methods.put(name, _ -> Json.quantity(name.length()));
    }
    for (String name : List.of("eth_getBalance", "eth_getTransactionCount")) {
      methods.put(name, params -> Json.data(params.address(0, "address")));
    }
    return methods;
  }

  private static List<byte[]> corpus() throws IOException {
    try (InputStream in = RequestFuzzTest.class.getResourceAsStream("requests.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }
  }

  private boolean check(byte[] request) throws IOException {
    Optional<byte[]> general = dispatcher.answer(request);
    Optional<byte[]> shortly = quick.answer(request);
    if (general.isPresent()) {
      JsonNode answer = JSON.readTree(general.get());
      assertTrue(answer.isObject() || answer.isArray(), answer.toString());
      assertFalse(answer.toString().contains("REDACTED"), answer.toString());
      assertFalse(answer.toString().contains("StreamRead"), answer.toString());
    }
    if (shortly.isPresent()) {
      assertEquals(
          JSON.readTree(general.orElseThrow()),
          JSON.readTree(shortly.get()),
          () -> new String(request, StandardCharsets.UTF_8));
    }
    return shortly.isPresent();
  }

  @Test
  void answersTheCorpus() throws IOException {
    int shortly = 0;
    for (byte[] request : corpus()) {
      shortly += check(request) ? 1 : 0;
    }
    assertEquals(3, shortly, "single calls of quick methods with a number as id");
  }

  @Test
  void answersEveryMutation() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    List<byte[]> corpus = corpus();
    int shortly = 0;
    for (int i = 0; i < ROUNDS; i++) {
      shortly += check(mutated(corpus.get(random.nextInt(corpus.size())), random)) ? 1 : 0;
    }
    assertTrue(shortly > ROUNDS / 500, "mutations must also reach the short way: " + shortly);
  }

  private static byte[] mutated(byte[] seed, SplittableRandom random) {
    byte[] bytes = seed.clone();
    for (int n = random.nextInt(1, 4); n > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "{}[]\",:0x1 \\".charAt(random.nextInt(12));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        default -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(bytes.length - Math.max(at, from), random.nextInt(8));
          System.arraycopy(bytes, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  @Test
  void saysWhereAndWhyARequestIsNoJson() throws IOException {
    assertEquals(
        "parse error at line 1, column 12: the text ends too early", parse("{\"jsonrpc\":"));
    assertEquals("parse error at line 1, column 2: not JSON", parse("{]"));
    assertTrue(
        parse("[".repeat(1000))
            .endsWith("nested deeper than 64, or a number of more than 100 digits"));
    assertTrue(parse("{\"id\":1,\"id\":2}").endsWith("a key is there twice"));
  }

  private String parse(String request) throws IOException {
    byte[] answer = dispatcher.answer(request.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    return JSON.readTree(answer).path("error").path("message").asText();
  }

  @Test
  void keepsAnswersOnlyUntilTheHeadChanges() {
    Object[] head = {"one"};
    HeadAnswers answers = new HeadAnswers(() -> head[0]);
    HeadAnswers.OfHead first = answers.now();
    first.keep("question", "answer");
    assertEquals("answer", answers.now().find("question"));
    head[0] = new String("one".toCharArray());
    assertEquals(Optional.empty(), Optional.ofNullable(answers.now().find("question")));
    first.keep("question", "late");
    assertEquals(Optional.empty(), Optional.ofNullable(answers.now().find("question")));
  }

  @Test
  void leavesTheRestOfABatchThatTakesTooLong() throws IOException {
    long[] now = {0};
    Map<String, RpcMethod> slow =
        Map.of(
            "slow",
            _ -> {
              now[0] += 20_000_000_000L;
              return Json.quantity(1);
            });
    String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"slow\"}";
    String batch = "[" + String.join(",", call, call, call) + "]";
    JsonNode answers =
        JSON.readTree(
            new RpcDispatcher(slow, () -> now[0], RpcObserver.NONE)
                .answer(batch.getBytes(StandardCharsets.UTF_8))
                .orElseThrow());
    assertEquals("0x1", answers.get(1).path("result").asText());
    assertEquals(-32005, answers.get(2).path("error").path("code").asInt());
  }

  @Test
  void leavesTheRestOfABatchWhoseAnswersAreTooLong() throws IOException {
    Map<String, RpcMethod> large = Map.of("large", _ -> Json.text("x".repeat(10 << 20)));
    String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"large\"}";
    String batch = "[" + String.join(",", call, call, call, call) + "]";
    JsonNode answers =
        JSON.readTree(
            new RpcDispatcher(large, () -> 0, RpcObserver.NONE)
                .answer(batch.getBytes(StandardCharsets.UTF_8))
                .orElseThrow());
    assertTrue(answers.get(2).has("result"));
    assertEquals(-32005, answers.get(3).path("error").path("code").asInt());
  }
}
