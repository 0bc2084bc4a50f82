package org.bitcloud.consensus;

/// Who carries blocks, transactions and votes between nodes.
public enum Networking {
  /// The node's own peer-to-peer host.
  NODE_P2P,
  /// The engine; the node's gossip of blocks and transactions and its sync stay off.
  ENGINE_OWN
}
