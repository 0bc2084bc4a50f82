package org.bitcloud.node.http;

/// The server's end of one WebSocket connection; safe for any thread.
public interface WebSocketSession {
  /// Sends one text message without blocking.
  ///
  /// A client that does not read is cut off with close code 1013 once its outbound buffer and a MiB
  /// more are full, so that a slow subscriber never grows the node's memory. What is sent after
  /// that is dropped.
  void send(String text);

  /// Closes the connection.
  void close();
}
