package org.bitcloud.chain;

import java.util.List;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.state.StateOverlay;
import org.bitcloud.primitives.Hash;

/// A block with what its execution gave: receipts and the sealed state after it.
record ExecutedBlock(Block block, Hash hash, List<Receipt> receipts, StateOverlay state) {
  BlockRef ref() {
    return new BlockRef(hash, block.height());
  }

  AppliedBlock applied() {
    return new AppliedBlock(block, hash, receipts);
  }
}
