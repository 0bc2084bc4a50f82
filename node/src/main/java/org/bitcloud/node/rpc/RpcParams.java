package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// The positional parameters of one call, read with types and clear complaints.
final class RpcParams {
  private final ArrayNode values;

  private RpcParams(ArrayNode values) {
    this.values = values;
  }

  /// Parameters as sent: an array, or nothing at all.
  static RpcParams of(@Nullable JsonNode params) throws RpcException {
    if (params == null || params.isNull()) {
      return new RpcParams(JsonNodeFactory.instance.arrayNode());
    }
    if (params instanceof ArrayNode array) {
      return new RpcParams(array);
    }
    throw RpcException.params("params must be an array");
  }

  /// The parameter at `index`, empty where it is missing or null.
  Optional<JsonNode> optional(int index) {
    JsonNode value = values.get(index);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /// The parameter at `index`.
  JsonNode required(int index, String name) throws RpcException {
    return optional(index)
        .orElseThrow(
            () ->
                RpcException.params(
                    "missing value for required argument %d (%s)".formatted(index, name)));
  }

  /// A JSON object.
  ObjectNode object(int index, String name) throws RpcException {
    if (required(index, name) instanceof ObjectNode object) {
      return object;
    }
    throw RpcException.params("argument %d (%s) must be an object".formatted(index, name));
  }

  /// A 20-byte address.
  Address address(int index, String name) throws RpcException {
    return Json.address(required(index, name), name);
  }

  /// A 32-byte hash.
  Hash hash(int index, String name) throws RpcException {
    return Json.hash(required(index, name), name);
  }

  /// Hex bytes.
  Bytes bytes(int index, String name) throws RpcException {
    return Json.bytes(required(index, name), name);
  }

  /// A quantity: `0x` hex without leading zeros, or a plain JSON number, within 63 bits.
  long quantity(int index, String name) throws RpcException {
    return Json.quantity(required(index, name), name);
  }

  /// A boolean, `false` where it is missing.
  boolean flag(int index, String name) throws RpcException {
    Optional<JsonNode> value = optional(index);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw RpcException.params("argument %d (%s) must be true or false".formatted(index, name));
    }
    return value.isPresent() && value.get().booleanValue();
  }
}
