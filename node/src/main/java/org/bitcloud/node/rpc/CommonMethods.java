package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.bitcloud.chain.ChainView;
import org.bitcloud.node.BuildInfo;
import org.bitcloud.primitives.crypto.Keccak;

/// `net_`, `web3_` and `rpc_` methods.
final class CommonMethods {
  private final ChainView chain;

  CommonMethods(ChainView chain) {
    this.chain = chain;
  }

  void register(Map<String, RpcMethod> methods) {
    methods.put("net_version", _ -> Json.text(Long.toString(chain.genesis().chainId())));
    methods.put("net_listening", _ -> BooleanNode.FALSE); // no peers before the network exists
    methods.put("net_peerCount", _ -> Json.quantity(0));
    methods.put("web3_clientVersion", _ -> Json.text(BuildInfo.client()));
    methods.put("web3_sha3", params -> Json.data(Keccak.hash(params.bytes(0, "data"))));
    methods.put("rpc_modules", _ -> modules(methods));
    methods.put("rpc_discover", _ -> OpenRpc.document(methods.keySet()));
  }

  private static JsonNode modules(Map<String, RpcMethod> methods) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (String name : new TreeMap<>(methods).keySet()) {
      node.put(name.substring(0, name.indexOf('_')), "1.0");
    }
    return node;
  }
}
