package org.bitcloud.chain.file;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.ChainSnapshot;
import org.bitcloud.chain.SealedHeader;
import org.bitcloud.chain.SnapshotStart.Entry;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.state.StateStore;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;

/// Reads a snapshot file. Checks its form, and that keys rise; what the entries are worth is for
/// the root to say. For one thread; the stream stays the caller's.
public final class SnapshotFileReader {
  private static final int BUFFER_BYTES = 1 << 20;

  private final DataInputStream in;
  private final Hash genesisHash;
  private final Height height;
  private final ChainSnapshot snapshot;
  private long bytes;
  private long count;
  private Bytes lastKey = Bytes.EMPTY;
  private boolean ended;

  private SnapshotFileReader(
      DataInputStream in, Hash genesisHash, Height height, ChainSnapshot snapshot, long bytes) {
    this.in = in;
    this.genesisHash = genesisHash;
    this.height = height;
    this.snapshot = snapshot;
    this.bytes = bytes;
  }

  /// Reads all that comes before the entries.
  ///
  /// @throws ChainFileException when the file is damaged, or not a snapshot of a version known here
  public static SnapshotFileReader open(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(stream, BUFFER_BYTES));
    try {
      Frame head = frame(in);
      if (head.kind() != FrameKind.STATE_HEAD) {
        throw new ChainFileException("it begins with a frame " + head.kind());
      }
      RlpReader reader = RlpReader.of(head.payload());
      reader.enterList();
      FileHead.check(reader, SnapshotFileWriter.FORMAT, SnapshotFileWriter.VERSION);
      Hash genesisHash = reader.readHash();
      Height height = new Height(reader.readNumber());
      reader.leaveList();
      reader.end();
      long bytes = head.size();
      List<SealedHeader> below = new ArrayList<>();
      for (Frame next = frame(in); ; next = frame(in)) {
        bytes += next.size();
        if (next.kind() == FrameKind.STATE_BLOCK) {
          return new SnapshotFileReader(
              in, genesisHash, height, blocks(below, next.payload(), height), bytes);
        }
        if (next.kind() != FrameKind.STATE_HEADER || below.size() == ChainSnapshot.HEADERS_MAX) {
          throw new ChainFileException("a frame " + next.kind() + " is out of place");
        }
        below.add(SealedHeader.decode(next.payload()));
      }
    } catch (MalformedException | IllegalArgumentException | ChainFileException e) {
      throw new ChainFileException("not a snapshot: " + e.getMessage(), e);
    }
  }

  private static ChainSnapshot blocks(List<SealedHeader> below, Bytes payload, Height height)
      throws MalformedException, ChainFileException {
    RlpReader in = RlpReader.of(payload);
    in.enterList();
    Block block = Block.decode(in.rawNext());
    Bytes certificate = in.readBytes(FileBlock.CERTIFICATE_BYTES_MAX);
    List<Receipt> receipts = Receipt.decodeAll(in.rawNext());
    in.leaveList();
    in.end();
    if (!block.height().equals(height)) {
      throw new ChainFileException("the block has height " + block.height() + ", not " + height);
    }
    return new ChainSnapshot(
        below,
        block,
        certificate.isEmpty() ? Optional.empty() : Optional.of(certificate.compact()),
        receipts);
  }

  private static Frame frame(DataInputStream in) throws IOException {
    return Frame.read(in).orElseThrow(() -> new ChainFileException("the file is cut off"));
  }

  /// The network.
  public Hash genesisHash() {
    return genesisHash;
  }

  /// The blocks that the file brings.
  public ChainSnapshot snapshot() {
    return snapshot;
  }

  /// How many bytes have been read.
  public long bytes() {
    return bytes;
  }

  /// How many entries have been read.
  public long count() {
    return count;
  }

  /// Reads the next entries; empty after the last ones.
  ///
  /// @throws ChainFileException when the file is damaged here, or cut off
  public List<Entry> next() throws IOException {
    if (ended) {
      return List.of();
    }
    try {
      Frame frame = frame(in);
      bytes += frame.size();
      return switch (frame.kind()) {
        case STATE_ENTRIES -> entries(frame.payload());
        case STATE_END -> end(frame.payload());
        default -> throw new ChainFileException("a frame " + frame.kind() + " is out of place");
      };
    } catch (MalformedException | ChainFileException e) {
      throw new ChainFileException(
          "after %d entries of block %s, byte %d: %s"
              .formatted(count, height, bytes, e.getMessage()),
          e);
    }
  }

  private List<Entry> entries(Bytes payload) throws MalformedException, ChainFileException {
    List<Entry> entries = new ArrayList<>();
    RlpReader in = RlpReader.of(payload);
    in.enterList();
    while (in.hasNext()) {
      in.enterList();
      Bytes key = in.readBytes(StateStore.KEY_SIZE_MAX).compact();
      Bytes value = in.readBytes(StateStore.VALUE_SIZE_MAX).compact();
      in.leaveList();
      if (key.compareTo(lastKey) <= 0) {
        throw new ChainFileException("keys do not rise");
      }
      lastKey = key;
      entries.add(new Entry(key, value));
    }
    in.leaveList();
    in.end();
    if (entries.isEmpty()) {
      throw new ChainFileException("a frame without entries");
    }
    count += entries.size();
    return entries;
  }

  private List<Entry> end(Bytes payload) throws IOException, MalformedException {
    RlpReader reader = RlpReader.of(payload);
    reader.enterList();
    long said = reader.readNumber();
    reader.leaveList();
    reader.end();
    if (said != count) {
      throw new ChainFileException("the end names %d entries".formatted(said));
    }
    if (in.read() >= 0) {
      throw new ChainFileException("something follows the end");
    }
    ended = true;
    return List.of();
  }
}
