package org.bitcloud.node.bench;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What one connection asks, one after the other.
interface RpcRequests {
  /// The next request in HTTP, null where there is none left.
  byte @Nullable [] next();

  /// The request under way got a result, not an error.
  default void accepted() {}

  /// A call in HTTP.
  ///
  /// @param params a JSON array
  static byte[] call(String host, String method, String params) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}".formatted(method, params);
    return "POST / HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(host, body.length(), body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
