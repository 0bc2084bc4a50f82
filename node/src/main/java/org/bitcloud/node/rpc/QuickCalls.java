package org.bitcloud.node.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Single calls of the few methods that are asked most and cost least, and the sending of short
/// transactions, in the form that clients write: answered without a tree of JSON nodes and without
/// a thread of their own.
///
/// Whatever else it is given, and reads that fail, it leaves to [RpcDispatcher], which has the
/// errors. What is sent is judged once: a refused signature costs no second recovery.
final class QuickCalls {
  /// Longest body in bytes that it looks at.
  static final int BODY_MAX = 512;

  private static final Set<String> METHODS =
      Set.of(
          "eth_chainId",
          "net_version",
          "eth_blockNumber",
          "eth_gasPrice",
          "eth_getBalance",
          "eth_getTransactionCount");
  private static final String SEND = "eth_sendRawTransaction";
  private static final int PARAMS_MAX = 2;

  private final JsonFactory json = RpcDispatcher.JSON.getFactory();
  private final Map<String, RpcMethod> methods = new HashMap<>();
  private final HeadAnswers answers;
  private final LongSupplier nanos;
  private final RpcObserver observer;

  /// @param all the methods to choose from
  /// @param head an object that changes with every commit
  /// @param nanos a clock that only goes forward, in nanoseconds
  /// @param observer told of every call that is answered here
  QuickCalls(
      Map<String, RpcMethod> all, Supplier<Object> head, LongSupplier nanos, RpcObserver observer) {
    METHODS.forEach(name -> methods.put(name, all.get(name)));
    methods.put(SEND, all.get(SEND));
    this.answers = new HeadAnswers(head);
    this.nanos = nanos;
    this.observer = observer;
  }

  /// The answer, or empty where the general way must be gone.
  Optional<byte[]> answer(byte[] body) {
    try (JsonParser parser = json.createParser(body)) {
      QuickCall call = QuickCall.read(parser, PARAMS_MAX);
      RpcMethod method = call == null ? null : methods.get(call.method());
      if (call == null || method == null) {
        return Optional.empty();
      }
      long began = nanos.getAsLong();
      if (call.method().equals(SEND)) {
        return send(call, method, began);
      }
      String result = result(call, method);
      if (result == null) {
        return Optional.empty();
      }
      observer.called(call.method(), RpcObserver.Outcome.OK, nanos.getAsLong() - began);
      return Optional.of(envelope(call, result));
    } catch (IOException | RpcException | RuntimeException e) {
      return Optional.empty(); // fails in the dispatcher once more, which says and logs why
    }
  }

  private Optional<byte[]> send(QuickCall call, RpcMethod method, long began) {
    try {
      String hash = text(call, method);
      if (hash == null) {
        return Optional.empty();
      }
      observer.called(SEND, RpcObserver.Outcome.OK, nanos.getAsLong() - began);
      return Optional.of(envelope(call, hash));
    } catch (RpcException e) {
      observer.called(SEND, RpcDispatcher.outcome(e), nanos.getAsLong() - began);
      return Optional.of(
          RpcDispatcher.failure(BigIntegerNode.valueOf(new BigInteger(call.id())), e));
    }
  }

  private @Nullable String result(QuickCall call, RpcMethod method) throws RpcException {
    List<String> params = call.params();
    String block = params.size() < PARAMS_MAX ? "latest" : params.get(1);
    return switch (block) {
      case "latest" -> ofHead(call, method);
      case "pending" -> text(call, method); // of the pool: changes without the head
      default -> null; // old states are not quick
    };
  }

  private @Nullable String ofHead(QuickCall call, RpcMethod method) throws RpcException {
    if (call.params().isEmpty()) {
      return text(call, method);
    }
    HeadAnswers.OfHead now = answers.now();
    String question = call.method().concat(call.params().getFirst());
    String known = now.find(question);
    if (known != null) {
      return known;
    }
    String result = text(call, method);
    if (result != null) {
      now.keep(question, result);
    }
    return result;
  }

  private static @Nullable String text(QuickCall call, RpcMethod method) throws RpcException {
    ArrayNode params = JsonNodeFactory.instance.arrayNode(PARAMS_MAX);
    call.params().forEach(params::add);
    return method.call(RpcParams.of(params)) instanceof TextNode text ? text.textValue() : null;
  }

  /* Results of these methods are hex or digits: nothing in them needs an escape. */
  private static byte[] envelope(QuickCall call, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        .concat(call.id())
        .concat(",\"result\":\"")
        .concat(result)
        .concat("\"}")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
