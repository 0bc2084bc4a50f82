package org.bitcloud.consensus;

/// What an engine is, as data: the node reads these instead of asking for an engine by name.
///
/// @param id the word in genesis by which it is found
/// @param wireVersion version of its messages and seals
/// @param finality when its blocks can no longer be undone
/// @param production who makes blocks
/// @param networking who carries blocks, transactions and votes
public record EngineDescriptor(
    String id, int wireVersion, Finality finality, Production production, Networking networking) {}
