package org.bitcloud.p2p;

/// An open listening socket.
public interface Listening extends AutoCloseable {
  /// Where it listens, with the port that was chosen when 0 was asked for.
  Multiaddr address();

  /// Stops accepting. Streams that are open stay open. Idempotent.
  @Override
  void close();
}
