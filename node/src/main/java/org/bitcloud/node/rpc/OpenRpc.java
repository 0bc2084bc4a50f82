package org.bitcloud.node.rpc;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcloud.node.BuildInfo;

/// Every method with its parameters and result, and the OpenRPC document made of them.
final class OpenRpc {
  /// A method as documented.
  ///
  /// @param name its name
  /// @param params its parameters in order; the optional ones are last
  /// @param result the name of its result's schema
  record Signature(String name, List<Param> params, String result) {}

  /// A parameter.
  ///
  /// @param name what it is
  /// @param type the name of its schema
  /// @param required whether it must be given
  record Param(String name, String type, boolean required) {}

  /// Methods that only WebSocket connections have.
  static final Set<String> SOCKET_ONLY = Set.of("eth_subscribe", "eth_unsubscribe");

  /// All signatures by name, those of absent engines too.
  static final NavigableMap<String, Signature> SIGNATURES = signatures();

  private OpenRpc() {}

  private static NavigableMap<String, Signature> signatures() {
    NavigableMap<String, Signature> all = new TreeMap<>();
    for (String line : Signatures.TEXT.strip().split("\n", -1)) {
      Matcher parts = Pattern.compile("(\\w+)\\((.*)\\) (\\w+)").matcher(line);
      if (!parts.matches()) {
        throw new IllegalStateException(line);
      }
      String name = parts.group(1);
      all.put(name, new Signature(name, params(parts.group(2)), parts.group(3)));
    }
    return Collections.unmodifiableNavigableMap(all);
  }

  private static List<Param> params(String text) {
    List<Param> params = new ArrayList<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(", ", -1)) {
      List<String> words = Arrays.asList(each.split(":", 2));
      boolean required = !words.getFirst().endsWith("?");
      String name = words.getFirst().substring(0, words.getFirst().length() - (required ? 0 : 1));
      params.add(new Param(name, words.getLast(), required));
    }
    return List.copyOf(params);
  }

  /// The OpenRPC document of a node that has these methods.
  static JsonNode document(Set<String> methods) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("openrpc", "1.3.2");
    node.putObject("info").put("title", "Bitcloud JSON-RPC").put("version", BuildInfo.version());
    ArrayNode list = node.putArray("methods");
    for (Signature signature : SIGNATURES.values()) {
      if (methods.contains(signature.name()) || SOCKET_ONLY.contains(signature.name())) {
        list.add(method(signature));
      }
    }
    node.putObject("components").set("schemas", schemas());
    return node;
  }

  /// The schemas that signatures name.
  static JsonNode schemas() {
    try {
      return RpcDispatcher.JSON.readTree(Signatures.SCHEMAS);
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode method(Signature signature) {
    ObjectNode method = JsonNodeFactory.instance.objectNode().put("name", signature.name());
    method.put("paramStructure", "by-position");
    if (SOCKET_ONLY.contains(signature.name())) {
      method.put("description", "Over WebSocket only.");
    }
    ArrayNode params = method.putArray("params");
    for (Param param : signature.params()) {
      ObjectNode each = params.addObject().put("name", param.name());
      each.put("required", param.required());
      each.set("schema", reference(param.type()));
    }
    method.putObject("result").put("name", "result").set("schema", reference(signature.result()));
    return method;
  }

  private static ObjectNode reference(String schema) {
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + schema);
  }
}
