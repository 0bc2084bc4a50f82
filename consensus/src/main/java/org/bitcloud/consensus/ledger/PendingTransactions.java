package org.bitcloud.consensus.ledger;

/// What waits in the pool and could go into the next block now.
///
/// @param executable whether there is at least one such transaction at the next base fee
/// @param count how many transactions wait, executable or not
public record PendingTransactions(boolean executable, int count) {}
