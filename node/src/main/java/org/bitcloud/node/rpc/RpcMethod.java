package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;

/// One JSON-RPC method.
@FunctionalInterface
interface RpcMethod {
  /// Answers one call; a Java null stands for JSON `null` nowhere: use `NullNode`.
  JsonNode call(RpcParams params) throws RpcException;
}
