package org.bitcloud.chain.file;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;

/// Reads a chain file block by block. Checks its form and the order of heights; what blocks say is
/// for the chain to judge. For one thread; the stream stays the caller's.
public final class ChainFileReader {
  private static final int BUFFER_BYTES = 1 << 20;

  private final DataInputStream in;
  private final Hash genesisHash;
  private final Height first;
  private Height next;
  private Hash last = Hash.ZERO;
  private long bytes;
  private boolean ended;

  private ChainFileReader(DataInputStream in, Hash genesisHash, Height first, long bytes) {
    this.in = in;
    this.genesisHash = genesisHash;
    this.first = first;
    this.next = first;
    this.bytes = bytes;
  }

  /// Reads the head.
  ///
  /// @throws ChainFileException when the file is not a chain file of a version known here
  public static ChainFileReader open(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(stream, BUFFER_BYTES));
    Frame head;
    try {
      head = Frame.read(in).orElseThrow(() -> new ChainFileException("the file is empty"));
    } catch (ChainFileException e) {
      throw new ChainFileException("not a chain file: " + e.getMessage(), e);
    }
    if (head.kind() != FrameKind.CHAIN_HEAD) {
      throw new ChainFileException("not a chain file: it begins with a frame " + head.kind());
    }
    try {
      RlpReader reader = RlpReader.of(head.payload());
      reader.enterList();
      FileHead.check(reader, ChainFileWriter.FORMAT, ChainFileWriter.VERSION);
      Hash genesisHash = reader.readHash();
      Height first = new Height(reader.readNumber());
      reader.leaveList();
      reader.end();
      return new ChainFileReader(in, genesisHash, first, head.size());
    } catch (MalformedException | IllegalArgumentException e) {
      throw new ChainFileException("the head of the file is damaged: " + e.getMessage(), e);
    }
  }

  /// The network whose blocks the file holds.
  public Hash genesisHash() {
    return genesisHash;
  }

  /// The height of the first block.
  public Height first() {
    return first;
  }

  /// How many bytes have been read.
  public long bytes() {
    return bytes;
  }

  /// Reads the next block; empty after the last one.
  ///
  /// @throws ChainFileException when the file is damaged here, or cut off
  public Optional<FileBlock> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    try {
      Frame frame = Frame.read(in).orElseThrow(() -> new ChainFileException("the file is cut off"));
      bytes += frame.size();
      return switch (frame.kind()) {
        case CHAIN_BLOCK -> Optional.of(block(frame));
        case CHAIN_END -> end(frame);
        default -> throw new ChainFileException("a frame " + frame.kind() + " is out of place");
      };
    } catch (MalformedException | ChainFileException e) {
      throw new ChainFileException(
          "at block %s, byte %d: %s".formatted(next, bytes, e.getMessage()), e);
    }
  }

  private FileBlock block(Frame frame) throws MalformedException, ChainFileException {
    FileBlock block = FileBlock.decode(frame.payload());
    if (!block.block().height().equals(next)) {
      throw new ChainFileException("it has height " + block.block().height());
    }
    next = next.next();
    last = block.block().hash();
    return block;
  }

  private Optional<FileBlock> end(Frame frame) throws IOException, MalformedException {
    RlpReader reader = RlpReader.of(frame.payload());
    reader.enterList();
    long count = reader.readNumber();
    Hash hash = reader.readHash();
    reader.leaveList();
    reader.end();
    if (count != next.minus(first) || !hash.equals(last)) {
      throw new ChainFileException(
          "the end names %d blocks up to %s, and there were %d up to %s"
              .formatted(count, hash, next.minus(first), last));
    }
    if (in.read() >= 0) {
      throw new ChainFileException("something follows the end");
    }
    ended = true;
    return Optional.empty();
  }
}
