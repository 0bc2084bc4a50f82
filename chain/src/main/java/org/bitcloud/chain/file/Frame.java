package org.bitcloud.chain.file;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Invariant;

/// One piece of a file: kind, length, checksum, payload.
///
/// @param kind what the payload is
/// @param payload at most the bytes that the kind allows
record Frame(FrameKind kind, Bytes payload) {
  private static final int HEAD_BYTES = 9;

  /// Appends this frame to a file.
  void write(OutputStream out) throws IOException {
    Invariant.check(payload.size() <= kind.bytesMax(), "frame is too long: " + kind);
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    head.put((byte) kind.code()).putInt(payload.size());
    byte[] bytes = payload.toArray();
    head.putInt(checksum(head.array(), bytes));
    out.write(head.array());
    out.write(bytes);
  }

  /// Bytes of this frame in a file.
  long size() {
    return HEAD_BYTES + (long) payload.size();
  }

  /// Reads the next frame; empty at the end of the file.
  ///
  /// @throws ChainFileException when it is damaged, cut off, or none
  static Optional<Frame> read(DataInputStream in) throws IOException {
    int code = in.read();
    if (code < 0) {
      return Optional.empty();
    }
    FrameKind kind =
        FrameKind.of(code)
            .orElseThrow(() -> new ChainFileException("unknown kind of frame " + code));
    try {
      int length = in.readInt();
      if (length < 0 || length > kind.bytesMax()) {
        throw new ChainFileException(
            "a frame claims %d bytes, above the bound of %d"
                .formatted(Integer.toUnsignedLong(length), kind.bytesMax()));
      }
      int said = in.readInt();
      byte[] payload = new byte[length];
      in.readFully(payload);
      byte[] head = ByteBuffer.allocate(HEAD_BYTES).put((byte) code).putInt(length).array();
      if (said != checksum(head, payload)) {
        throw new ChainFileException("a checksum is wrong: the file is damaged");
      }
      return Optional.of(new Frame(kind, Bytes.wrap(payload)));
    } catch (EOFException e) {
      throw new ChainFileException("the file is cut off in the middle of a frame", e);
    }
  }

  private static int checksum(byte[] head, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(head, 0, HEAD_BYTES - Integer.BYTES);
    crc.update(payload);
    return (int) crc.getValue();
  }
}
