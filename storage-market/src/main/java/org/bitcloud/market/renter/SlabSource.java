package org.bitcloud.market.renter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.codec.SlabLayout;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;

/// The file that is stored, slab by slab; it must not change meanwhile. For one thread.
final class SlabSource implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final long modifiedMillis;
  private final int capacity;

  private SlabSource(
      Path file, FileChannel channel, long size, long modifiedMillis, int dataShards) {
    this.file = file;
    this.channel = channel;
    this.size = size;
    this.modifiedMillis = modifiedMillis;
    this.capacity = SlabLayout.capacity(dataShards);
  }

  /// What a file looks like from outside.
  record Facts(long size, long modifiedMillis) {}

  /// Looks at a file.
  ///
  /// @throws MarketException `SOURCE_UNREADABLE` when it is missing, no file or cannot be read
  static Facts look(Path file) throws MarketException {
    try {
      if (Files.isDirectory(file)) {
        throw new MarketException(
            MarketError.SOURCE_UNREADABLE, file + " is a folder; name a file, or pack it first");
      }
      if (Files.exists(file) && !Files.isReadable(file)) {
        throw new MarketException(
            MarketError.SOURCE_UNREADABLE, file + " cannot be read; check its permissions");
      }
      return new Facts(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    } catch (NoSuchFileException e) {
      throw new MarketException(
          MarketError.SOURCE_UNREADABLE, "there is no file " + file + "; check the name", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static SlabSource open(Path file, int dataShards) throws MarketException {
    Facts facts = look(file);
    try {
      return new SlabSource(
          file,
          FileChannel.open(file, StandardOpenOption.READ),
          facts.size(),
          facts.modifiedMillis(),
          dataShards);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  long size() {
    return size;
  }

  int slabs() {
    return Math.toIntExact(Math.ceilDiv(size, (long) capacity));
  }

  int slabLength(int slab) {
    return (int) Math.min(capacity, size - (long) slab * capacity);
  }

  /// The bytes of a slab, fed to a digest as they are read.
  InputStream slab(int slab, MessageDigest digest) throws MarketException {
    long offset = (long) slab * capacity;
    try {
      FileChannel _ = channel.position(offset);
      return new DigestInputStream(
          new Bounded(Channels.newInputStream(channel), slabLength(slab)), digest);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /// The bytes of a slab in memory, so that they can be encoded twice and be the same.
  InputStream[] slabTwice(int slab) throws MarketException {
    byte[] bytes = new byte[slabLength(slab)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long offset = (long) slab * capacity;
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw changed();
        }
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return new InputStream[] {new ByteArrayInputStream(bytes), new ByteArrayInputStream(bytes)};
  }

  /// The SHA-256 of the first slabs, for a `put` that goes on.
  MessageDigest digestUpTo(int slab) throws MarketException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[64 * 1024];
    try {
      for (int i = 0; i < slab; i++) {
        try (InputStream in = slab(i, digest)) {
          while (in.read(buffer) >= 0) {
            // The digest is all that is wanted.
          }
        }
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return digest;
  }

  /// Checks that the file looks as it did at the start.
  ///
  /// @throws MarketException `SOURCE_CHANGED` when it does not
  void checkUnchanged() throws MarketException {
    Facts now = look(file);
    if (now.size() != size || now.modifiedMillis() != modifiedMillis) {
      throw changed();
    }
  }

  MarketException changed() {
    return new MarketException(
        MarketError.SOURCE_CHANGED,
        file + " changed while it was being stored; store it again when nobody writes to it");
  }

  @Override
  public void close() throws MarketException {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static Hash sha256(MessageDigest digest) {
    return Hash.wrap(digest.digest());
  }

  static MarketException unreadable(Path file, IOException e) {
    return new MarketException(
        MarketError.SOURCE_UNREADABLE, file + " cannot be read: " + e.getMessage(), e);
  }

  /// A stream that ends after so many bytes and leaves what it reads from open.
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private int left;

    private Bounded(InputStream in, int left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      int octet = in.read();
      left -= octet < 0 ? left : 1;
      return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(target, offset, Math.min(length, left));
      left -= count < 0 ? left : count;
      return count;
    }
  }
}
