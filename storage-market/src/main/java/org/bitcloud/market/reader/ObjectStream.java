package org.bitcloud.market.reader;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.codec.Manifest;
import org.bitcloud.market.codec.SlabLayout;
import org.jspecify.annotations.Nullable;

/// A range of an object as a stream that fetches a few pieces ahead.
///
/// Pieces begin small, so that the first byte comes early, and double up to the limit; none crosses
/// a slab. For one thread.
final class ObjectStream extends InputStream {
  private static final int FIRST_PIECE_BYTES = 256 * 1024;

  private final Manifest manifest;
  private final SlabReader slabs;
  private final ReaderOptions options;
  private final WarningSink warnings;
  private final Deque<Piece> ahead = new ArrayDeque<>();
  private final long end;
  private long nextStart;
  private int nextBytes = FIRST_PIECE_BYTES;
  private byte[] current = new byte[0];
  private int at;
  private boolean closed;

  private record Piece(FutureTask<byte[]> bytes, Thread thread) {}

  ObjectStream(
      Manifest manifest,
      SlabReader slabs,
      ReaderOptions options,
      WarningSink warnings,
      long offset,
      long length) {
    this.manifest = manifest;
    this.slabs = slabs;
    this.options = options;
    this.warnings = warnings;
    this.nextStart = offset;
    this.end = offset + length;
  }

  @Override
  public int read() throws IOException {
    return ready() ? current[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!ready()) {
      return -1;
    }
    int count = Math.min(length, current.length - at);
    System.arraycopy(current, at, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public int available() {
    return closed ? 0 : current.length - at;
  }

  /// Cancels what is on its way.
  @Override
  public void close() {
    closed = true;
    ahead.forEach(piece -> piece.thread().interrupt());
    ahead.clear();
    current = new byte[0];
    at = 0;
  }

  private boolean ready() throws IOException {
    if (closed) {
      throw new IOException("stream is closed");
    }
    if (at < current.length) {
      return true;
    }
    current = new byte[0];
    at = 0;
    fetchAhead();
    @Nullable Piece piece = ahead.poll();
    if (piece == null) {
      return false;
    }
    current = await(piece);
    // Only now, so that no more pieces are in memory than the options say.
    fetchAhead();
    return true;
  }

  private byte[] await(Piece piece) throws IOException {
    try {
      return piece.bytes().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IOException("reading was interrupted", e);
    } catch (ExecutionException e) {
      close();
      Throwable cause = e.getCause();
      throw new IOException(
          cause instanceof MarketException ? cause.getMessage() : "reading failed: " + cause,
          cause);
    }
  }

  private void fetchAhead() {
    while (nextStart < end && ahead.size() < options.unitsAhead()) {
      int capacity = SlabLayout.capacity(manifest.dataShards());
      int inSlab = (int) (nextStart % capacity);
      int slab = Math.toIntExact(nextStart / capacity);
      int length = (int) Math.min(Math.min(nextBytes, capacity - inSlab), end - nextStart);
      FutureTask<byte[]> bytes =
          new FutureTask<>(() -> slabs.read(manifest, slab, inSlab, length, warnings));
      ahead.add(new Piece(bytes, Thread.ofVirtual().name("read-ahead").start(bytes)));
      nextStart += length;
      nextBytes = (int) Math.min(2L * nextBytes, options.unitBytesMax());
    }
  }
}
