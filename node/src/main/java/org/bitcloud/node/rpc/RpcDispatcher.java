package org.bitcloud.node.rpc;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bitcloud.chain.ChainException;
import org.bitcloud.node.rpc.RpcObserver.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns request bytes into calls of registered methods and their results into answer bytes.
///
/// Bounds: nesting 64, numbers 100 digits, batches 1,000 calls, and of a batch no further calls
/// once its answers have 25 MiB or took 30 s; the transport bounds the body.
final class RpcDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(RpcDispatcher.class);
  private static final int BATCH_MAX = 1_000;
  private static final int DEPTH_MAX = 64;
  private static final int DIGITS_MAX = 100;
  private static final int BATCH_BYTES_MAX = 25 * 1024 * 1024;
  private static final Duration BATCH_TIME_MAX = Duration.ofSeconds(30);

  /// Reads requests and writes answers.
  static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(DIGITS_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, RpcMethod> methods;
  private final LongSupplier nanos;
  private final RpcObserver observer;

  /// @param nanos a clock that only goes forward, in nanoseconds
  /// @param observer told of every call
  RpcDispatcher(Map<String, RpcMethod> methods, LongSupplier nanos, RpcObserver observer) {
    this.methods = Map.copyOf(methods);
    this.nanos = nanos;
    this.observer = observer;
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
    return request instanceof ArrayNode batch
        ? batch(batch, own)
        : one(request, own).map(RpcDispatcher::bytes);
  }

  /* In our words: those of the parser speak of its classes and settings. */
  private static JsonNode parseError(JacksonException e) {
    String what =
        switch (e) {
          case StreamConstraintsException _ ->
              "nested deeper than %d, or a number of more than %d digits"
                  .formatted(DEPTH_MAX, DIGITS_MAX);
          case JsonEOFException _ -> "the text ends too early";
          default ->
              e.getOriginalMessage().startsWith("Duplicate field")
                  ? "a key is there twice"
                  : "not JSON";
        };
    JsonLocation at = e.getLocation();
    String place =
        at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    return error(NullNode.instance, RpcException.PARSE, "parse error" + place + ": " + what);
  }

  private Optional<byte[]> batch(ArrayNode batch, Map<String, RpcMethod> own) {
    if (batch.isEmpty()) {
      return Optional.of(bytes(error(NullNode.instance, RpcException.REQUEST, "empty batch")));
    }
    if (batch.size() > BATCH_MAX) {
      String message = "batch of " + batch.size() + " calls; at most " + BATCH_MAX;
      return Optional.of(bytes(error(NullNode.instance, RpcException.LIMIT, message)));
    }
    long began = nanos.getAsLong();
    var answers = new ByteArrayOutputStream();
    for (JsonNode call : batch) {
      boolean late = nanos.getAsLong() - began > BATCH_TIME_MAX.toNanos();
      Optional<JsonNode> answer =
          late || answers.size() > BATCH_BYTES_MAX ? left(call, late) : one(call, own);
      if (answer.isPresent()) {
        answers.write(answers.size() == 0 ? '[' : ',');
        answers.writeBytes(bytes(answer.get()));
      }
    }
    if (answers.size() == 0) {
      return Optional.empty();
    }
    answers.write(']');
    return Optional.of(answers.toByteArray());
  }

  /// The answer to a call that its batch has no room for.
  private static Optional<JsonNode> left(JsonNode call, boolean late) {
    JsonNode id = call.get("id");
    String message =
        late
            ? "the batch took longer than " + BATCH_TIME_MAX.toSeconds() + " s; send smaller ones"
            : "the batch's answers exceed " + (BATCH_BYTES_MAX >> 20) + " MiB; send smaller ones";
    return id == null || id.isContainerNode()
        ? Optional.empty()
        : Optional.of(error(id, RpcException.LIMIT, message));
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
      observer.called(RpcObserver.UNKNOWN, Outcome.REFUSED, 0);
      String text = "the method " + name + " does not exist/is not available";
      return error(id, RpcException.METHOD, text);
    }
    long began = nanos.getAsLong();
    Outcome outcome = Outcome.FAILED;
    try {
      ObjectNode answer = envelope(id);
      answer.set("result", method.call(RpcParams.of(call.get("params"))));
      outcome = Outcome.OK;
      return answer;
    } catch (RpcException e) {
      outcome = outcome(e);
      return error(id, e);
    } catch (ChainException e) { // the store is closing or broken: say so, the log has the rest
      LOG.warn("{} failed: {}", name, e.getMessage());
      return error(id, RpcException.INTERNAL, "the node cannot answer now: " + e.getMessage());
    } catch (RuntimeException e) { // thread root: a defect in one method is one error answer
      LOG.error("method {} failed", name, e);
      return error(id, RpcException.INTERNAL, "internal error");
    } finally {
      observer.called(name, outcome, nanos.getAsLong() - began);
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

  private static ObjectNode error(JsonNode id, RpcException e) {
    ObjectNode answer = error(id, e.code(), String.valueOf(e.getMessage()));
    e.data().ifPresent(data -> ((ObjectNode) answer.get("error")).set("data", data));
    return answer;
  }

  /// How a call ended that failed so.
  static Outcome outcome(RpcException e) {
    return e.code() == RpcException.INTERNAL ? Outcome.FAILED : Outcome.REFUSED;
  }

  /// The answer to a call that failed.
  static byte[] failure(JsonNode id, RpcException e) {
    return bytes(error(id, e));
  }

  static byte[] bytes(JsonNode answer) {
    try {
      return JSON.writeValueAsBytes(answer);
    } catch (JacksonException e) {
      throw new UncheckedIOException(e);
    }
  }
}
