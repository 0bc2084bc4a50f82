package org.bitcloud.chain.file;

import java.io.IOException;
import java.io.OutputStream;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.rlp.RlpWriter;

/// Writes a chain file: a head, blocks in their order, an end. The stream stays the caller's.
public final class ChainFileWriter {
  static final String FORMAT = "bitcloud-chain";
  static final int VERSION = 1;

  private final OutputStream out;
  private Height next;
  private Hash last = Hash.ZERO;
  private long count;

  private ChainFileWriter(OutputStream out, Height first) {
    this.out = out;
    this.next = first;
  }

  /// Writes the head.
  ///
  /// @param out buffered by the caller
  /// @param genesisHash the network
  /// @param first height of the first block that follows
  public static ChainFileWriter begin(OutputStream out, Hash genesisHash, Height first)
      throws IOException {
    new Frame(
            FrameKind.CHAIN_HEAD,
            RlpWriter.encode(
                head ->
                    head.beginList()
                        .text(FORMAT)
                        .number(VERSION)
                        .hash(genesisHash)
                        .number(first.value())
                        .endList()))
        .write(out);
    return new ChainFileWriter(out, first);
  }

  /// Writes the next block.
  public void write(FileBlock block) throws IOException {
    Invariant.check(block.block().height().equals(next), "blocks come in their order");
    block.frame().write(out);
    last = block.block().hash();
    next = next.next();
    count++;
  }

  /// Writes the end, after which nothing may come.
  public void end() throws IOException {
    new Frame(
            FrameKind.CHAIN_END,
            RlpWriter.encode(end -> end.beginList().number(count).hash(last).endList()))
        .write(out);
    out.flush();
  }
}
