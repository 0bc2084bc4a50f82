package org.bitcloud.consensus;

import java.util.Optional;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Height;

/// The block below the one that is judged, and what stands below that.
public interface ParentView {
  /// The parent's header.
  BlockHeader header();

  /// The parent's ancestor at `height`, or the parent itself; empty when this node does not know
  /// it. Takes a step for each block between.
  Optional<BlockHeader> ancestor(Height height);

  /// The set that seals children of the parent.
  ValidatorSet validators();
}
