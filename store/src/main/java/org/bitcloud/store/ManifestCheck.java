package org.bitcloud.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// Checks the checksums of a RocksDB manifest before RocksDB reads it.
///
/// RocksDB notices most damage itself, but on some it never returns: a record whose type was
/// changed to that of a recycled file, for one. The format is that of RocksDB's log files: blocks
/// of 32 KiB that hold records of checksum, length, type and payload. A torn last record is left to
/// RocksDB, since a crash leaves one.
final class ManifestCheck {
  private static final int BLOCK_BYTES = 1 << 15;
  private static final int HEADER_BYTES = 7;
  private static final int LENGTH_AT = 4;
  private static final int TYPE_AT = 6;
  private static final int MASK_DELTA = 0xa282ead8;
  private static final Pattern NAME = Pattern.compile("MANIFEST-\\d{1,20}");

  private ManifestCheck() {}

  /// Checks the manifest that `CURRENT` names.
  ///
  /// @throws CorruptStoreException if `CURRENT` names none, it is missing, or a record is damaged
  /// @throws IOException if they cannot be read
  static void run(Path directory) throws IOException {
    Path current = directory.resolve("CURRENT");
    String name;
    try (InputStream in = Files.newInputStream(current)) {
      name = new String(in.readNBytes(64), StandardCharsets.UTF_8).strip();
    }
    if (!NAME.matcher(name).matches()) {
      throw damaged(current);
    }
    Path manifest = directory.resolve(name);
    if (!Files.exists(manifest)) {
      throw damaged(manifest);
    }
    try (InputStream in = Files.newInputStream(manifest)) {
      byte[] block = new byte[BLOCK_BYTES];
      int length;
      do {
        length = in.readNBytes(block, 0, BLOCK_BYTES);
        if (!isWhole(ByteBuffer.wrap(block, 0, length).order(ByteOrder.LITTLE_ENDIAN))) {
          throw damaged(manifest);
        }
      } while (length == BLOCK_BYTES);
    }
  }

  private static boolean isWhole(ByteBuffer block) {
    int at = 0;
    while (at + HEADER_BYTES <= block.limit()) {
      int length = Short.toUnsignedInt(block.getShort(at + LENGTH_AT));
      if (length == 0 && block.get(at + TYPE_AT) == 0) {
        return true; // room that was set aside and never written
      }
      int end = at + HEADER_BYTES + length;
      if (end > block.limit()) {
        return block.limit() < BLOCK_BYTES && end <= BLOCK_BYTES;
      }
      CRC32C checksum = new CRC32C();
      checksum.update(block.slice(at + TYPE_AT, end - at - TYPE_AT));
      if (masked((int) checksum.getValue()) != block.getInt(at)) {
        return false;
      }
      at = end;
    }
    return true;
  }

  // Checksums are stored rotated and shifted, so that one over data with checksums stays sound.
  private static int masked(int checksum) {
    return Integer.rotateRight(checksum, 15) + MASK_DELTA;
  }

  private static CorruptStoreException damaged(Path file) {
    return new CorruptStoreException(
        "the file " + file + " is damaged; restore a backup of its directory", null);
  }
}
