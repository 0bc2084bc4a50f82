package org.bitcloud.market.renter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.jspecify.annotations.Nullable;

/// The log of one `put`, so that a crash loses neither coins nor work: agreements before they are
/// formed, keys of slabs before the slab counts, fees, the manifest.
///
/// Records are appended and durable on return; one that was cut off by a crash is dropped. While it
/// is open no other process can open it. It holds keys, so only the owner may read it.
final class PutJournal implements AutoCloseable {
  private static final int RECORD_BYTES_MAX = 8 << 20;
  private static final int CHECK_BYTES = 8;
  private static final int HEADER_BYTES = Integer.BYTES + CHECK_BYTES;

  private final Path file;
  private final FileChannel channel;
  private final List<PutRecord> records;

  private PutJournal(Path file, FileChannel channel, List<PutRecord> records) {
    this.file = file;
    this.channel = channel;
    this.records = records;
  }

  /// Opens a journal, empty when there was none.
  ///
  /// @throws MarketException `IN_PROGRESS` when another process has it open, `LOCAL_STORAGE` when
  ///   it cannot be read or written
  static PutJournal open(Path file) throws MarketException {
    try {
      if (!java.nio.file.Files.exists(file)) {
        DurableFile.openPrivate(file).close();
        DurableFile.syncFolder(file);
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        channel.close();
        throw new MarketException(
            MarketError.IN_PROGRESS,
            "another process is storing this file; wait for it or stop it");
      }
      return new PutJournal(file, channel, read(channel));
    } catch (IOException e) {
      throw local(file, e);
    }
  }

  /// The records, oldest first.
  List<PutRecord> records() {
    return List.copyOf(records);
  }

  /// Adds a record, durably.
  void append(PutRecord record) throws MarketException {
    Bytes body = PutRecord.encode(record);
    ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + body.size());
    buffer.putInt(body.size());
    buffer.put(check(body).asByteBuffer());
    buffer.put(body.asByteBuffer());
    buffer.flip();
    try {
      synchronized (records) {
        while (buffer.hasRemaining()) {
          int _ = channel.write(buffer);
        }
        channel.force(false);
        records.add(record);
      }
    } catch (IOException e) {
      throw local(file, e);
    }
  }

  /// Removes the journal: the `put` is complete, or undone.
  void delete() throws MarketException {
    try {
      DurableFile.delete(file);
    } catch (IOException e) {
      throw local(file, e);
    }
  }

  @Override
  public void close() throws MarketException {
    try {
      channel.close();
    } catch (IOException e) {
      throw local(file, e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static List<PutRecord> read(FileChannel channel) throws IOException {
    List<PutRecord> records = new ArrayList<>();
    long good = 0;
    while (true) {
      @Nullable Bytes body = record(channel, good);
      if (body == null) {
        break;
      }
      try {
        records.add(PutRecord.decode(body));
      } catch (MalformedException e) {
        // Whole by its check but not of this version: nothing after it can be trusted either.
        break;
      }
      good += HEADER_BYTES + body.size();
    }
    FileChannel _ = channel.truncate(good);
    FileChannel _ = channel.position(good);
    return records;
  }

  private static @Nullable Bytes record(FileChannel channel, long at) throws IOException {
    @Nullable ByteBuffer header = read(channel, at, HEADER_BYTES);
    if (header == null) {
      return null;
    }
    int size = header.getInt();
    if (size < 1 || size > RECORD_BYTES_MAX) {
      return null;
    }
    byte[] check = new byte[CHECK_BYTES];
    header.get(check);
    @Nullable ByteBuffer body = read(channel, at + HEADER_BYTES, size);
    if (body == null) {
      return null;
    }
    byte[] content = new byte[size];
    body.get(content);
    Bytes bytes = Bytes.wrap(content);
    return check(bytes).equals(Bytes.wrap(check)) ? bytes : null;
  }

  private static @Nullable ByteBuffer read(FileChannel channel, long at, int size)
      throws IOException {
    if (channel.size() - at < size) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        return null;
      }
    }
    return buffer.flip();
  }

  private static Bytes check(Bytes body) {
    Hash hash = Sha256.hash(body);
    return hash.bytes().slice(0, CHECK_BYTES);
  }

  private static MarketException local(Path file, IOException e) {
    return new MarketException(
        MarketError.LOCAL_STORAGE,
        "cannot use " + file.getFileName() + ": " + e.getMessage() + "; check disk and permissions",
        e);
  }
}
