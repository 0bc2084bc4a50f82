package org.bitcloud.consensus.ledger;

import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// A state at one height that can be fetched in chunks.
///
/// @param height after which block
/// @param format version of the chunks
/// @param chunks how many
/// @param hash commitment to all of them
public record Snapshot(Height height, int format, int chunks, Hash hash) {}
