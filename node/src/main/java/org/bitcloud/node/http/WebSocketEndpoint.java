package org.bitcloud.node.http;

/// Opens one listener for every WebSocket connection of a route.
@FunctionalInterface
public interface WebSocketEndpoint {
  /// A listener for a connection that was just established; `session` stays valid until it closes.
  Listener open(WebSocketSession session);

  /// What a connection's client says; called one message at a time on a virtual thread.
  interface Listener {
    /// One whole text message.
    void onText(String text);

    /// The connection is gone; called once, last.
    void onClose();
  }
}
