package org.bitcloud.market;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.bitcloud.primitives.Bytes;

/// The network as the storage market sees it: byte streams with back-pressure to an endpoint.
public interface Wire {
  /// Opens a session to an endpoint, which is a binary multiaddr of at most 128 bytes.
  ///
  /// @throws IOException when the endpoint cannot be reached within the timeout or makes no sense
  Session dial(Bytes endpoint, Duration timeout) throws IOException;

  /// Accepts sessions on an endpoint; port 0 picks a free one.
  ///
  /// The handler runs once per session on a thread of its own (a virtual one) and may block; the
  /// session is closed when it returns.
  ///
  /// @throws IOException when the endpoint cannot be bound
  Listening listen(Bytes endpoint, Consumer<Session> handler) throws IOException;
}
