package org.bitcloud.chain;

import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;

/// Where the committed line stands, read at one moment; finalized is at or below safe, safe at or
/// below the head.
///
/// @param head header of the last committed block
/// @param headRef its hash and height
/// @param safe what tag `safe` names
/// @param finalized what tag `finalized` names
public record Heads(BlockHeader head, BlockRef headRef, BlockRef safe, BlockRef finalized) {}
