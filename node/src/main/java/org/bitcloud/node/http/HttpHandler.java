package org.bitcloud.node.http;

import java.io.IOException;

/// Answers requests of one route; called on a virtual thread and free to block.
@FunctionalInterface
public interface HttpHandler {
  /// Answers one request through `exchange`.
  ///
  /// An [HttpException] becomes its status and message; an [IOException] means that the client went
  /// away or the body could not be written, and closes the connection.
  void handle(HttpExchange exchange) throws IOException, HttpException;
}
