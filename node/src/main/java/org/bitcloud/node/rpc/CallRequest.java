package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;

/// The call object of `eth_call` and `eth_estimateGas`.
///
/// @param from caller, the zero address where none was given
/// @param to callee
/// @param value drops sent along
/// @param input call data, from `input` or `data`
/// @param gas gas limit, 0 where none was given
record CallRequest(Address from, Address to, Amount value, Bytes input, long gas) {
  static CallRequest of(ObjectNode call) throws RpcException {
    JsonNode to = call.get("to");
    if (to == null || to.isNull()) {
      throw RpcException.of(
          RpcException.SERVER, "contract creation is not active on this chain: 'to' is missing");
    }
    return new CallRequest(
        call.hasNonNull("from") ? Json.address(call.get("from"), "from") : Address.ZERO,
        Json.address(to, "to"),
        call.hasNonNull("value") ? Json.amount(call.get("value"), "value") : Amount.ZERO,
        input(call),
        call.hasNonNull("gas") ? Json.quantity(call.get("gas"), "gas") : 0);
  }

  private static Bytes input(ObjectNode call) throws RpcException {
    boolean hasInput = call.hasNonNull("input");
    boolean hasData = call.hasNonNull("data");
    if (!hasInput && !hasData) {
      return Bytes.EMPTY;
    }
    Bytes input = Json.bytes(call.get(hasInput ? "input" : "data"), "input");
    if (hasInput && hasData && !input.equals(Json.bytes(call.get("data"), "data"))) {
      throw RpcException.params("both \"data\" and \"input\" are set and not equal");
    }
    return input;
  }
}
