package org.bitcloud.chain;

import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// Where a transaction stands on the committed line.
///
/// @param block hash of its block
/// @param height of its block
/// @param index its place in the block, from 0
public record TransactionLocation(Hash block, Height height, int index) {}
