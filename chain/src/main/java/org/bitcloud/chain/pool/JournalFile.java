package org.bitcloud.chain.pool;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.SignedTransaction;

/// A file of encoded transactions that grows at its end; `docs/spec/mempool-journal.md`.
///
/// Whatever a crash or a disk has made of it can be read: what is damaged is left out.
final class JournalFile implements Closeable {
  private static final byte[] HEADER = "BCPOOL\0\1".getBytes(StandardCharsets.ISO_8859_1);
  private static final int RECORD_HEAD = 8;
  private static final int BUFFER = 1 << 16;

  private final FileOutputStream file;
  private final OutputStream out;
  private long size;

  private JournalFile(FileOutputStream file, long size) {
    this.file = file;
    this.out = new BufferedOutputStream(file, BUFFER);
    this.size = size;
  }

  /// What was read.
  ///
  /// @param records how many were sound
  /// @param damaged how many had another checksum than they say, and were passed over
  /// @param cutBytes how many bytes at the end were no records
  record Found(int records, int damaged, long cutBytes) {
    static final Found NOTHING = new Found(0, 0, 0);
  }

  /// Hands out the sound records in the order of the file, of which one at a time is in memory,
  /// until the reader says false. A file that is not there has none.
  static Found read(Path path, Predicate<Bytes> reader) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
      return read(new DataInputStream(in), Files.size(path), reader);
    } catch (NoSuchFileException e) {
      return Found.NOTHING;
    }
  }

  private static Found read(DataInputStream in, long size, Predicate<Bytes> reader)
      throws IOException {
    if (!Arrays.equals(in.readNBytes(HEADER.length), HEADER)) {
      return new Found(0, 0, size);
    }
    int sound = 0;
    int damaged = 0;
    long left = size - HEADER.length;
    while (left >= RECORD_HEAD) {
      int length = in.readInt();
      int checksum = in.readInt();
      if (length < 1 || length > SignedTransaction.SIZE_MAX || length > left - RECORD_HEAD) {
        break;
      }
      byte[] content = in.readNBytes(length);
      if (content.length < length) {
        throw new EOFException("the file shrinks while it is read");
      }
      if (checksum != checksum(content)) {
        damaged++;
      } else if (reader.test(Bytes.wrap(content))) {
        sound++;
      } else {
        return new Found(sound, damaged, 0);
      }
      left -= RECORD_HEAD + length;
    }
    return new Found(sound, damaged, left);
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }

  /// Replaces the file as a whole: after a crash there is the old or the new one. Opens the new
  /// one.
  static JournalFile replace(Path path, List<SignedTransaction> content) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
    long size;
    try (JournalFile journal = new JournalFile(new FileOutputStream(fresh.toFile()), 0)) {
      journal.write(HEADER);
      journal.append(content);
      journal.file.getFD().sync();
      size = journal.size;
    }
    Path _ = Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    return new JournalFile(new FileOutputStream(path.toFile(), true), size);
  }

  /// Adds transactions and hands them to the operating system, so that they outlive this process.
  void append(List<SignedTransaction> transactions) throws IOException {
    for (SignedTransaction transaction : transactions) {
      byte[] content = transaction.encoded().toArray();
      write(
          ByteBuffer.allocate(RECORD_HEAD)
              .putInt(content.length)
              .putInt(checksum(content))
              .array());
      write(content);
    }
    out.flush();
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    size += bytes.length;
  }

  /// How many bytes the file has.
  long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
