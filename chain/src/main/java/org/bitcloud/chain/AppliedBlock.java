package org.bitcloud.chain;

import java.util.List;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.primitives.Hash;

/// A block that has become part of the committed line.
///
/// @param block the block
/// @param hash its hash
/// @param receipts one for each transaction
public record AppliedBlock(Block block, Hash hash, List<Receipt> receipts) {}
