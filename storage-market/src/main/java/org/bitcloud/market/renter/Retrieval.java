package org.bitcloud.market.renter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.reader.StoredObject;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.jspecify.annotations.Nullable;

/// Fetches an object into a file or a stream.
///
/// A file grows beside its final name, with a note of how far it is durable and what its SHA-256 is
/// that far, so that an interrupted `get` goes on there, unless what is there was changed; it gets
/// its name once the SHA-256 of the whole is right.
final class Retrieval {
  private static final int BUFFER_BYTES = 256 * 1024;

  /// How much may be fetched twice after a crash.
  private static final long NOTE_EVERY_BYTES = 64L << 20;

  private final StoredObject object;
  private final ProgressMeter meter;
  private final List<String> warnings = new ArrayList<>();

  Retrieval(StoredObject object, Progress progress) {
    this.object = object;
    this.meter = new ProgressMeter(progress);
  }

  /// Copies a range to a stream, which is not closed.
  GetResult toStream(long offset, long length, OutputStream out) throws MarketException {
    begin(length);
    try (InputStream in = object.read(offset, length, this::warn)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
        out.write(buffer, 0, count);
        meter.bytes(count);
      }
    } catch (IOException e) {
      throw failed("the output", e);
    }
    return result(length, 0);
  }

  /// Fetches the whole object into a file.
  GetResult toFile(Path out) throws MarketException {
    Path part = out.resolveSibling(out.getFileName() + ".part");
    Path note = out.resolveSibling(out.getFileName() + ".part.note");
    begin(object.size());
    try {
      GetResult result = fetch(part, note, kept(part, note));
      Path _ = Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
      DurableFile.syncFolder(out);
      DurableFile.delete(note);
      meter.stage(Progress.Stage.DONE);
      return result;
    } catch (IOException e) {
      throw failed(out.toString(), e);
    }
  }

  private GetResult fetch(Path part, Path note, @Nullable Kept kept)
      throws IOException, MarketException {
    MessageDigest digest = Sha256.digest();
    try (FileChannel file =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long resumed = kept == null ? 0 : resume(file, kept, digest);
      FileChannel _ = file.truncate(resumed);
      FileChannel _ = file.position(resumed);
      meter.bytes(resumed);
      copy(file, note, resumed, digest);
      file.force(true);
      if (!Hash.wrap(digest.digest()).equals(object.sha256())) {
        FileChannel _ = file.truncate(0);
        DurableFile.delete(note);
        throw new MarketException(
            MarketError.CONTENT_MISMATCH,
            "what was fetched has not the SHA-256 that its manifest states, so whoever stored it"
                + " made a wrong manifest; nothing was kept");
      }
      return result(object.size() - resumed, resumed);
    }
  }

  private void copy(FileChannel file, Path note, long from, MessageDigest digest)
      throws IOException, MarketException {
    long at = from;
    long noted = from;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = object.read(from, object.size() - from, this::warn)) {
      for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
          int _ = file.write(bytes);
        }
        digest.update(buffer, 0, count);
        at += count;
        if (at - noted >= NOTE_EVERY_BYTES) {
          keep(file, note, at, digest);
          noted = at;
        }
        meter.bytes(count);
      }
    } catch (MarketException e) {
      // The next run goes on here, not at the last note.
      if (at > noted) {
        keep(file, note, at, digest);
      }
      throw e;
    }
  }

  private void begin(long bytes) {
    meter.totals(bytes, 0, 0);
    meter.stage(Progress.Stage.TRANSFERRING);
  }

  private static int read(InputStream in, byte[] buffer) throws IOException, MarketException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      if (e.getCause() instanceof MarketException cause) {
        throw new MarketException(cause.error(), String.valueOf(cause.getMessage()), cause);
      }
      throw e;
    }
  }

  /// What an earlier run left.
  ///
  /// @param length bytes of the part that were durable
  /// @param sha256 their SHA-256
  private record Kept(long length, Hash sha256) {}

  private @Nullable Kept kept(Path part, Path note) throws IOException {
    @Nullable Bytes bytes = DurableFile.read(note);
    if (bytes == null || !Files.exists(part)) {
      return null;
    }
    try {
      RlpReader in = RlpReader.of(bytes);
      in.enterList();
      Hash id = in.readHash();
      Kept kept = new Kept(in.readNumber(), in.readHash());
      in.leaveList();
      in.end();
      return id.equals(object.id()) && kept.length() <= object.size() ? kept : null;
    } catch (MalformedException e) {
      return null;
    }
  }

  private void keep(FileChannel file, Path note, long length, MessageDigest digest)
      throws IOException {
    file.force(false);
    Hash sha256 = soFar(digest);
    DurableFile.write(
        note,
        RlpWriter.encode(
            out -> out.beginList().hash(object.id()).number(length).hash(sha256).endList()));
  }

  // Returns where to go on: behind the kept part if it is still what it was, else at the beginning.
  private long resume(FileChannel file, Kept kept, MessageDigest digest) throws IOException {
    if (file.size() >= kept.length()) {
      digest(file, kept.length(), digest);
      if (soFar(digest).equals(kept.sha256())) {
        return kept.length();
      }
      digest.reset();
    }
    warn("the part that was fetched earlier has been changed; all is fetched again");
    return 0;
  }

  private static void digest(FileChannel file, long length, MessageDigest digest)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long at = 0;
    while (at < length) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), length - at));
      int count = file.read(buffer, at);
      if (count < 0) {
        throw new IOException("the part became shorter while it was read");
      }
      digest.update(buffer.array(), 0, count);
      at += count;
    }
  }

  private static Hash soFar(MessageDigest digest) {
    try {
      return Hash.wrap(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every JDK clones SHA-256", e);
    }
  }

  private synchronized void warn(String what) {
    if (!warnings.contains(what)) {
      warnings.add(what);
      meter.note(what);
    }
  }

  private synchronized GetResult result(long bytes, long resumedFrom) {
    return new GetResult(object.id(), object.sha256(), bytes, resumedFrom, warnings);
  }

  private static MarketException failed(String what, IOException e) {
    return new MarketException(
        MarketError.LOCAL_STORAGE,
        "cannot write " + what + ": " + e.getMessage() + "; check disk and permissions",
        e);
  }
}
