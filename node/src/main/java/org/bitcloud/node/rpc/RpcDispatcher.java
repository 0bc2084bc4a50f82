package org.bitcloud.node.rpc;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.ChainException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns request bytes into calls of registered methods and their results into answer bytes.
///
/// Bounds: nesting 64, numbers 100 digits, batches 1,000 calls; the transport bounds the body.
final class RpcDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(RpcDispatcher.class);
  private static final int BATCH_MAX = 1_000;
  private static final int DEPTH_MAX = 64;

  /// Reads requests and writes answers.
  static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, RpcMethod> methods;

  RpcDispatcher(Map<String, RpcMethod> methods) {
    this.methods = Map.copyOf(methods);
  }

  /// Answers one body; empty where it held notifications only.
  Optional<byte[]> answer(byte[] body) {
    return answer(body, Map.of());
  }

  /// The same with methods that only this connection has, such as `eth_subscribe`.
  Optional<byte[]> answer(byte[] body, Map<String, RpcMethod> own) {
    JsonNode request;
    try {
      request = JSON.readTree(body);
    } catch (JacksonException e) {
      return Optional.of(bytes(parseError(e)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (request == null || request.isMissingNode()) {
      return Optional.of(bytes(error(NullNode.instance, RpcException.PARSE, "empty request")));
    }
    return (request instanceof ArrayNode batch ? batch(batch, own) : one(request, own))
        .map(RpcDispatcher::bytes);
  }

  private static JsonNode parseError(JacksonException e) {
    String message = "parse error: " + e.getOriginalMessage();
    return error(NullNode.instance, RpcException.PARSE, message);
  }

  private Optional<JsonNode> batch(ArrayNode batch, Map<String, RpcMethod> own) {
    if (batch.isEmpty()) {
      return Optional.of(error(NullNode.instance, RpcException.REQUEST, "empty batch"));
    }
    if (batch.size() > BATCH_MAX) {
      String message = "batch of " + batch.size() + " calls; at most " + BATCH_MAX;
      return Optional.of(error(NullNode.instance, RpcException.LIMIT, message));
    }
    ArrayNode answers = NODES.arrayNode(batch.size());
    for (JsonNode call : batch) {
      one(call, own).ifPresent(answers::add);
    }
    return answers.isEmpty() ? Optional.empty() : Optional.of(answers);
  }

  private Optional<JsonNode> one(JsonNode call, Map<String, RpcMethod> own) {
    JsonNode id = call.get("id");
    if (!(call instanceof ObjectNode)
        || !call.path("method").isTextual()
        || (id != null && id.isContainerNode())) {
      return Optional.of(
          error(NullNode.instance, RpcException.REQUEST, "not a JSON-RPC 2.0 request object"));
    }
    JsonNode answer = call(call, id == null ? NullNode.instance : id, own);
    return id == null ? Optional.empty() : Optional.of(answer);
  }

  private JsonNode call(JsonNode call, JsonNode id, Map<String, RpcMethod> own) {
    String name = call.get("method").textValue();
    RpcMethod method = own.getOrDefault(name, methods.get(name));
    if (method == null) {
      String text = "the method " + name + " does not exist/is not available";
      return error(id, RpcException.METHOD, text);
    }
    try {
      ObjectNode answer = envelope(id);
      answer.set("result", method.call(RpcParams.of(call.get("params"))));
      return answer;
    } catch (RpcException e) {
      ObjectNode answer = error(id, e.code(), String.valueOf(e.getMessage()));
      e.data().ifPresent(data -> ((ObjectNode) answer.get("error")).set("data", data));
      return answer;
    } catch (ChainException e) { // the store is closing or broken: say so, the log has the rest
      LOG.warn("{} failed: {}", name, e.getMessage());
      return error(id, RpcException.INTERNAL, "the node cannot answer now: " + e.getMessage());
    } catch (RuntimeException e) { // thread root: a defect in one method is one error answer
      LOG.error("method {} failed", name, e);
      return error(id, RpcException.INTERNAL, "internal error");
    }
  }

  private static ObjectNode envelope(JsonNode id) {
    ObjectNode answer = NODES.objectNode();
    answer.put("jsonrpc", "2.0");
    answer.set("id", id);
    return answer;
  }

  private static ObjectNode error(JsonNode id, int code, String message) {
    ObjectNode answer = envelope(id);
    answer.putObject("error").put("code", code).put("message", message);
    return answer;
  }

  static byte[] bytes(JsonNode answer) {
    try {
      return JSON.writeValueAsBytes(answer);
    } catch (JacksonException e) {
      throw new UncheckedIOException(e);
    }
  }
}
