package org.bitcloud.market;

import org.bitcloud.primitives.Bytes;

/// A bound endpoint that accepts sessions until it is closed.
public interface Listening extends AutoCloseable {
  /// Returns the endpoint as bound: the port chosen where 0 was asked for.
  Bytes endpoint();

  /// Stops accepting and resets the sessions that were accepted.
  @Override
  void close();
}
