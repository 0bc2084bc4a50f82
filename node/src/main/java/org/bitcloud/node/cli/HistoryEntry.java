package org.bitcloud.node.cli;

import java.math.BigInteger;

/// One movement of an account's coins.
///
/// @param height block
/// @param timeMillis time of the block
/// @param transaction its hash, empty for the genesis and for tips
/// @param what a word for scripts: `genesis`, `fee`, `sent`, `received`, `escrow`, `deposit`,
///   `refund`, `withdrawal`, `reward`, `tips`, or for a provider's books `pay`
/// @param delta drops that came (positive) or went; zero for what only the corporation's books show
/// @param note for people
record HistoryEntry(
    long height, long timeMillis, String transaction, String what, BigInteger delta, String note) {}
