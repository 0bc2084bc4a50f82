package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.consensus.dev.DevControl;

/// `dev_` methods: chain time on demand, where the engine is `dev`.
public final class DevMethods {
  private static final long MILLIS_MAX = Duration.ofDays(366).toMillis();

  private final DevControl control;

  /// Methods over the engine's control.
  public DevMethods(DevControl control) {
    this.control = control;
  }

  void register(Map<String, RpcMethod> methods) {
    methods.put("dev_advance", params -> advance(params.quantity(0, "milliseconds")));
    methods.put("dev_mine", _ -> advance(1));
  }

  private JsonNode advance(long millis) throws RpcException {
    if (millis < 1 || millis > MILLIS_MAX) {
      throw RpcException.params("milliseconds must be 1 to " + MILLIS_MAX);
    }
    try {
      BlockRef block = control.advance(Duration.ofMillis(millis));
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.set("hash", Json.data(block.hash()));
      node.set("number", Json.quantity(block.height().value()));
      return node;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RpcException.of(RpcException.INTERNAL, "the node is stopping");
    } catch (IllegalStateException e) {
      throw RpcException.of(RpcException.SERVER, String.valueOf(e.getMessage()));
    }
  }
}
