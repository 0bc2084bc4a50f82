package org.bitcloud.consensus;

/// A peer as the engine sees it: a name that the network gave, equal for the same peer.
public record Peer(String id) {}
