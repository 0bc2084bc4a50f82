package org.bitcloud.chain.file;

import java.io.IOException;
import java.io.OutputStream;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.block.Block;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// Writes committed blocks into a chain file.
public final class ChainExport {
  private ChainExport() {}

  /// Writes the blocks of a range. The chain may go on meanwhile.
  ///
  /// @param first at least 1: everybody makes block 0 from genesis
  /// @param last at most the head
  /// @param out stays the caller's
  /// @return how many transactions the blocks hold
  /// @throws ChainFileException when a block of the range is not kept here, or was undone meanwhile
  public static long write(
      ChainView chain, Height first, Height last, OutputStream out, TransferProgress progress)
      throws IOException {
    if (first.value() < 1 || chain.heads().headRef().height().isBefore(last)) {
      throw new IllegalArgumentException("blocks %s to %s are not there".formatted(first, last));
    }
    ChainFileWriter writer = ChainFileWriter.begin(out, chain.genesisHash(), first);
    long transactions = 0;
    Hash parent = null;
    for (Height at = first; at.compareTo(last) <= 0; at = at.next()) {
      Height height = at;
      Block block =
          chain
              .blockAt(at)
              .orElseThrow(() -> new ChainFileException("block " + height + " is not kept here"));
      if (parent != null && !block.header().parent().equals(parent)) {
        throw new ChainFileException("block " + at + " was undone meanwhile; export again");
      }
      parent = block.hash();
      writer.write(new FileBlock(block, chain.certificate(parent)));
      transactions += block.body().transactions().size();
      progress.moved(at, at.minus(first) + 1, last.minus(first) + 1);
    }
    writer.end();
    return transactions;
  }
}
