package org.bitcloud.market;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/// A pair of byte streams to a peer, with back-pressure in both directions.
///
/// One thread reads and one writes at a time; `reset` may be called by any thread.
public interface Session extends AutoCloseable {
  /// Returns the bytes of the peer; the end of the stream means that the peer closed its side.
  InputStream in();

  /// Returns the way to the peer; a write blocks while the peer does not read.
  OutputStream out();

  /// Lets a read or write that makes no progress for this long fail with an IOException.
  void idleTimeout(Duration limit);

  /// Describes the peer for messages and limits, for instance `127.0.0.1`.
  String remote();

  /// Ends both directions at once; a thread that is blocked in a read or write fails at once.
  void reset();

  /// Ends the session after what was written has been handed over.
  @Override
  void close();
}
