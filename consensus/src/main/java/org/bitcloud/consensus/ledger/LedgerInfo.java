package org.bitcloud.consensus.ledger;

import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.primitives.Hash;

/// Where the ledger stands.
///
/// @param genesis hash of the genesis record
/// @param head the head's header; its roots are those after it
/// @param finalized the block that is never undone
public record LedgerInfo(Hash genesis, BlockHeader head, BlockRef finalized) {}
