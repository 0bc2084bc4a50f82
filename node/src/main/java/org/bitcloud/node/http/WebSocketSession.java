package org.bitcloud.node.http;

/// The server's end of one WebSocket connection; safe for any thread.
public interface WebSocketSession {
  /// Sends one text message without blocking.
  ///
  /// A client that does not read is cut off once its outbound buffer is full, so that a slow
  /// subscriber never grows the node's memory.
  void send(String text);

  /// Closes the connection.
  void close();
}
