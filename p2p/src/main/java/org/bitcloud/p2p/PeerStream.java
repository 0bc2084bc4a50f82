package org.bitcloud.p2p;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;

/// A two-way byte stream to a peer, with back-pressure: a write waits until there is room.
///
/// One thread may read and another write at the same time. Any thread may [#reset] or [#close],
/// which ends reads and writes that wait with an [IOException]. Nothing is buffered above the
/// operating system's own bounded buffers, so callers write whole frames.
public interface PeerStream extends AutoCloseable {
  /// What the peer sends. Ends (-1) when the peer half-closes; fails with an [IOException] when it
  /// resets.
  InputStream in();

  /// What goes to the peer. Closing it is [#closeWrite].
  OutputStream out();

  /// Ends the sending half: the peer reads to the end and may go on sending. Idempotent.
  void closeWrite() throws IOException;

  /// Ends both halves at once and drops what has not been sent; the peer's reads and writes fail.
  /// Idempotent.
  void reset();

  /// How long one read may wait before it fails with a `SocketTimeoutException`, after which the
  /// stream can still be used. Zero is for ever, the initial value.
  void readTimeout(Duration timeout) throws SocketException;

  /// Resets the stream when it is still open after `fromNow`; a later call replaces an earlier one.
  /// Bounds a whole exchange with a peer that trickles.
  void deadline(Duration fromNow);

  /// The peer's end.
  Multiaddr remote();

  /// This end.
  Multiaddr local();

  /// Closes both halves; bytes already written are still delivered while the peer reads them.
  /// Idempotent.
  @Override
  void close();
}
