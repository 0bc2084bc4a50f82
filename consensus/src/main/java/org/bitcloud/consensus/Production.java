package org.bitcloud.consensus;

/// Who makes blocks.
public sealed interface Production {
  /// The engine asks this node to build.
  record Local() implements Production {}

  /// A process beside the node asks for them by a protocol.
  record External(String protocol) implements Production {}
}
