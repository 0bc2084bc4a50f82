package org.bitcloud.node.http;

/// What an [HttpServer] serves under one path.
///
/// Routes are tried in the order of their list; the first whose path fits answers.
public sealed interface Route {
  /// The path: exact, or a prefix where it ends with `/` and is longer than one character.
  String path();

  /// Plain requests.
  ///
  /// @param path exact path or prefix
  /// @param handler answers them, whatever their method
  record Plain(String path, HttpHandler handler) implements Route {}

  /// WebSocket upgrades; other requests fall through to later routes.
  ///
  /// @param path exact path or prefix
  /// @param endpoint opens a listener for each connection
  record Socket(String path, WebSocketEndpoint endpoint) implements Route {}

  /// Short POST requests that may be answered without a thread of their own; all others, and those
  /// that the handler leaves, fall through to later routes.
  ///
  /// @param path exact path
  /// @param bodyMax longest body in bytes
  /// @param handler answers them
  record Quick(String path, int bodyMax, QuickHandler handler) implements Route {}

  /// Whether `requestPath` belongs to this route.
  default boolean fits(String requestPath) {
    String own = path();
    boolean isPrefix = own.length() > 1 && own.endsWith("/");
    return isPrefix ? requestPath.startsWith(own) : requestPath.equals(own);
  }
}
