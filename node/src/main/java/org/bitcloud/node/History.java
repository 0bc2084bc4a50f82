package org.bitcloud.node;

import org.bitcloud.chain.ChainOptions;

/// How much of the past a node keeps.
public sealed interface History {
  /// Every block, and the states that a reorganisation could ask for.
  record Usual() implements History {}

  /// The last blocks and their states.
  ///
  /// @param blocks how many, at least 1
  record Pruned(long blocks) implements History {}

  /// Every block, and every state from now on.
  record Archive() implements History {}

  /// What that makes of the options that an engine asks for.
  default ChainOptions applied(ChainOptions options) {
    return switch (this) {
      case Usual _ -> options;
      case Pruned(long blocks) -> options.withPrune(blocks);
      case Archive _ -> options.withArchive();
    };
  }
}
