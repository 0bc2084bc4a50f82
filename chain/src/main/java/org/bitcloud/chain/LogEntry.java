package org.bitcloud.chain;

import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// A log with its place on the committed line.
///
/// @param log the event
/// @param block hash of the block
/// @param height of the block
/// @param timeMillis of the block
/// @param transaction hash of the transaction
/// @param transactionIndex its place in the block
/// @param logIndex the log's place in the block
public record LogEntry(
    Log log,
    Hash block,
    Height height,
    long timeMillis,
    Hash transaction,
    int transactionIndex,
    int logIndex) {}
