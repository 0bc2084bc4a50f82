package org.bitcloud.chain;

import org.bitcloud.chain.block.Block;

/// Learns of the committed line, after the commit and in its order, on the deciding thread. Must
/// neither block nor throw: a listener that throws is dropped with an error in the log.
@FunctionalInterface
public interface ChainListener {
  /// A block became the head.
  void applied(AppliedBlock block);

  /// The head was undone; its parent is the head. Followed by [#applied] of another branch.
  default void reverted(Block block) {}
}
