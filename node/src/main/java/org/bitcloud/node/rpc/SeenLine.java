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
  private static final int UNDONE_MAX = 10_000;

  private final ChainView chain;
  private BlockRef seen;

  /// From the head of this moment on.
  SeenLine(ChainView chain) {
    this.chain = chain;
    this.seen = chain.head().ref();
  }

  /// What happened since.
  ///
  /// @param undone blocks that were seen and are no longer on the line, the last first; at most
  ///   10,000
  /// @param from height of the first new block
  /// @param to height of the head; below `from` where there is no new block
  record News(List<Block> undone, Height from, Height to) {}

  /// Goes on to the head.
  News advance() {
    BlockRef head = chain.head().ref();
    List<Block> undone = new ArrayList<>();
    BlockRef at = seen;
    Optional<Block> left = abandoned(at);
    while (left.isPresent() && undone.size() < UNDONE_MAX) {
      undone.add(left.get());
      at = new BlockRef(left.get().header().parent(), new Height(at.height().value() - 1));
      left = abandoned(at);
    }
    seen = head;
    return new News(undone, at.height().next(), head.height());
  }

  private Optional<Block> abandoned(BlockRef block) {
    boolean onLine = chain.hashAt(block.height()).filter(block.hash()::equals).isPresent();
    return onLine ? Optional.empty() : chain.block(block.hash());
  }
}
