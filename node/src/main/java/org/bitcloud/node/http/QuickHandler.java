package org.bitcloud.node.http;

import java.util.Optional;

/// Answers short requests at once, on the thread that reads the connection.
///
/// Whoever blocks here keeps other connections waiting: only what takes microseconds belongs here.
@FunctionalInterface
public interface QuickHandler {
  /// The JSON body of the answer, of status 200; empty leaves the request to later routes.
  ///
  /// @param body at most as long as the route allows
  Optional<byte[]> answer(byte[] body);
}
