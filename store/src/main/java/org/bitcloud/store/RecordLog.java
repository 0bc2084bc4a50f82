package org.bitcloud.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// The form in which RocksDB writes its manifest and its write-ahead logs: blocks of 32 KiB that
/// hold records of checksum, length, type and payload.
final class RecordLog {
  private static final int BLOCK_BYTES = 1 << 15;
  private static final int HEADER_BYTES = 7;
  private static final int LENGTH_AT = 4;
  private static final int TYPE_AT = 6;
  private static final int MASK_DELTA = 0xa282ead8;

  private static final int FIRST = 2;
  private static final int MIDDLE = 3;

  private int lastType;
  private long blockStart;
  private long wholeBytes;

  private RecordLog() {}

  /// What a file holds.
  ///
  /// @param end how reading it ends
  /// @param wholeBytes where the last whole record ends
  record Content(End end, long wholeBytes) {}

  /// How reading a file ends.
  enum End {
    /// With the last record.
    WHOLE,
    /// In the middle of a record that nothing follows, as a crash while writing leaves it.
    TORN,
    /// At a record that is not what was written, or in one after which others follow.
    DAMAGED
  }

  /// Reads all records of a file, up to damage.
  ///
  /// @throws IOException if it cannot be read
  static Content read(Path file) throws IOException {
    RecordLog log = new RecordLog();
    try (InputStream in = Files.newInputStream(file)) {
      return new Content(log.end(in), log.wholeBytes);
    }
  }

  private End end(InputStream in) throws IOException {
    byte[] bytes = new byte[BLOCK_BYTES];
    int length;
    do {
      length = in.readNBytes(bytes, 0, BLOCK_BYTES);
      End end = end(ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN));
      if (end != End.WHOLE) {
        return end;
      }
      blockStart += length;
    } while (length == BLOCK_BYTES);
    return isInside() ? End.TORN : End.WHOLE;
  }

  /// Whether the last record read goes on in the next one.
  private boolean isInside() {
    return lastType == FIRST || lastType == MIDDLE;
  }

  private End end(ByteBuffer block) {
    boolean isLast = block.limit() < BLOCK_BYTES;
    int at = 0;
    while (at + HEADER_BYTES <= block.limit()) {
      if (length(block, at) == 0 && block.get(at + TYPE_AT) == 0) {
        return End.WHOLE; // room that was set aside and never written
      }
      int next = at + HEADER_BYTES + length(block, at);
      if (next > block.limit()) {
        boolean fits = next <= BLOCK_BYTES;
        return isLast && fits && !anyRecord(block, at + 1) ? End.TORN : End.DAMAGED;
      }
      if (!isRecord(block, at)) {
        return End.DAMAGED;
      }
      lastType = block.get(at + TYPE_AT);
      at = next;
      wholeBytes = isInside() ? wholeBytes : blockStart + at;
    }
    return isLast && at < block.limit() ? End.TORN : End.WHOLE;
  }

  // A length that was damaged looks like a record that was torn, but for the records behind it.
  private static boolean anyRecord(ByteBuffer block, int from) {
    for (int at = from; at + HEADER_BYTES < block.limit(); at++) {
      boolean type = block.get(at + TYPE_AT) >= 1 && block.get(at + TYPE_AT) <= 4;
      if (type && at + HEADER_BYTES + length(block, at) <= block.limit() && isRecord(block, at)) {
        return true;
      }
    }
    return false;
  }

  private static int length(ByteBuffer block, int at) {
    return Short.toUnsignedInt(block.getShort(at + LENGTH_AT));
  }

  private static boolean isRecord(ByteBuffer block, int at) {
    CRC32C checksum = new CRC32C();
    checksum.update(block.slice(at + TYPE_AT, 1 + length(block, at)));
    return masked((int) checksum.getValue()) == block.getInt(at);
  }

  // Checksums are stored rotated and shifted, so that one over data with checksums stays sound.
  private static int masked(int checksum) {
    return Integer.rotateRight(checksum, 15) + MASK_DELTA;
  }
}
