package org.bitcloud.p2p;

import java.io.IOException;

/// Serves inbound streams, each on a virtual thread of its own.
@FunctionalInterface
public interface StreamHandler {
  /// Serves `stream` and returns when done; the stream is then closed. When it throws, the stream
  /// is reset.
  void handle(PeerStream stream) throws IOException;
}
