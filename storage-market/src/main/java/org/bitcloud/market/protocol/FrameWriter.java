package org.bitcloud.market.protocol;

import java.io.IOException;
import java.io.OutputStream;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Invariant;

/// Writes frames into one buffer and hands it to the stream when it is full or flushed.
///
/// Whole frames are collected, so that small messages leave in one write and a peer never waits for
/// the tail of one.
public final class FrameWriter {
  private static final int BUFFER_BYTES = FrameReader.FRAME_BYTES_MAX + 64;

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int used;

  /// Writes frames to a stream.
  public FrameWriter(OutputStream out) {
    this.out = out;
  }

  /// Adds a message; it leaves at the latest with [#flush].
  public void write(Message message) throws IOException {
    if (message instanceof Message.Chunk chunk) {
      writeChunk(chunk);
      return;
    }
    Bytes frame = MessageCodec.encode(message);
    Invariant.check(frame.size() <= FrameReader.FRAME_BYTES_MAX, "message exceeds the frame limit");
    room(frame.size() + 3);
    varint(frame.size());
    frame.copyTo(buffer, used);
    used += frame.size();
  }

  /// Hands all that was written to the stream.
  public void flush() throws IOException {
    drain();
    out.flush();
  }

  // Chunks carry nearly all bytes: they are encoded in place, with one copy.
  private void writeChunk(Message.Chunk chunk) throws IOException {
    byte[] header = MessageCodec.chunkHeader(chunk.data());
    int size = header.length + chunk.data().size();
    room(size + 3);
    varint(size);
    System.arraycopy(header, 0, buffer, used, header.length);
    used += header.length;
    chunk.data().copyTo(buffer, used);
    used += chunk.data().size();
  }

  private void room(int bytes) throws IOException {
    if (used + bytes > buffer.length) {
      drain();
    }
  }

  private void drain() throws IOException {
    if (used > 0) {
      out.write(buffer, 0, used);
      used = 0;
    }
  }

  private void varint(int value) {
    int rest = value;
    while (rest >= 0x80) {
      buffer[used++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[used++] = (byte) rest;
  }
}
