package org.bitcloud.chain.file;

import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// What an import did.
///
/// @param blocks how many were committed
/// @param transactions how many they hold
/// @param skipped blocks of the file that the chain had already
/// @param head height of the chain now
/// @param stateRoot root of the state after the head
public record ImportReport(
    long blocks, long transactions, long skipped, Height head, Hash stateRoot) {}
