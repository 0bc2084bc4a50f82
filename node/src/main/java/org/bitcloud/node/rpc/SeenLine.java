package org.bitcloud.node.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.primitives.Height;

/// The committed line as far as one who asks now and then has seen it. For one thread at a time.
final class SeenLine {
  private static final int NEW_MAX = 10_000;

  /* Blocks, not their names: each may hold 8 MiB. */
  private static final int UNDONE_MAX = 256;

  private final ChainView chain;
  private BlockRef seen;

  /// From the head of this moment on.
  SeenLine(ChainView chain) {
    this.chain = chain;
    this.seen = chain.head().ref();
  }

  /// What happened since.
  ///
  /// @param undone blocks that were seen and are no longer on the line, the last first; of a longer
  ///   branch the last 256
  /// @param from height of the first new block
  /// @param to height of the last new block, at most 10,000 of them; below `from` where there is
  ///   none
  record News(List<Block> undone, Height from, Height to) {}

  /// Goes on to the head, or as far as one answer reaches.
  News advance() {
    List<Block> undone = new ArrayList<>();
    BlockRef at = seen;
    Optional<Block> left = abandoned(at);
    while (left.isPresent()) {
      if (undone.size() < UNDONE_MAX) {
        undone.add(left.get());
      }
      at = new BlockRef(left.get().header().parent(), at.height().minus(1));
      left = abandoned(at);
    }
    Height head = chain.head().height();
    Height most = new Height(at.height().value() + NEW_MAX);
    Height to = most.isBefore(head) ? most : head;
    Height from = at.height().next();
    /* Where the line changes this very moment, the next question finds the fork. */
    seen = chain.hashAt(to).map(hash -> new BlockRef(hash, to)).orElse(at);
    return new News(undone, from, to);
  }

  private Optional<Block> abandoned(BlockRef block) {
    boolean onLine = chain.hashAt(block.height()).filter(block.hash()::equals).isPresent();
    return onLine ? Optional.empty() : chain.block(block.hash());
  }
}
