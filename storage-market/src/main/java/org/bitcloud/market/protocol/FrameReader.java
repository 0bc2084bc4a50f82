package org.bitcloud.market.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// Reads frames: an unsigned varint length, then so many bytes.
///
/// A length is checked against [#FRAME_BYTES_MAX] before anything is allocated.
public final class FrameReader {
  /// No frame is longer: a chunk of 64 KiB with its headers.
  public static final int FRAME_BYTES_MAX = Message.Chunk.DATA_BYTES_MAX + 16;

  private static final int VARINT_BYTES_MAX = 3;

  private final InputStream in;

  /// Reads frames from a stream, which should be buffered.
  public FrameReader(InputStream in) {
    this.in = in;
  }

  /// Reads the next frame; null when the stream ends between two frames.
  ///
  /// @throws MalformedException when the length is not minimal, zero or above the limit
  /// @throws EOFException when the stream ends inside a frame
  public @Nullable Bytes next() throws IOException, MalformedException {
    int length = length();
    if (length < 0) {
      return null;
    }
    byte[] frame = new byte[length];
    if (in.readNBytes(frame, 0, length) != length) {
      throw new EOFException("stream ends inside a frame");
    }
    return Bytes.wrap(frame);
  }

  private int length() throws IOException, MalformedException {
    int length = 0;
    for (int i = 0; i < VARINT_BYTES_MAX; i++) {
      int octet = in.read();
      if (octet < 0) {
        if (i == 0) {
          return -1;
        }
        throw new EOFException("stream ends inside a frame length");
      }
      length |= (octet & 0x7f) << (7 * i);
      if (octet < 0x80) {
        return checked(length, octet == 0);
      }
    }
    throw new MalformedException("frame length has more than " + VARINT_BYTES_MAX + " bytes");
  }

  private static int checked(int length, boolean endsInZero) throws MalformedException {
    if (endsInZero) {
      throw new MalformedException("frame length is zero or not minimal");
    }
    if (length > FRAME_BYTES_MAX) {
      throw new MalformedException(
          "frame of " + length + " bytes is above the limit of " + FRAME_BYTES_MAX);
    }
    return length;
  }
}
