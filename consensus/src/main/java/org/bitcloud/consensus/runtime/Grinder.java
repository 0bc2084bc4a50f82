package org.bitcloud.consensus.runtime;

import java.math.BigInteger;
import java.util.function.Consumer;
import org.bitcloud.chain.block.BlockHeader;

/// Looks for nonces on other threads.
@FunctionalInterface
public interface Grinder {
  /// For engines without work to prove.
  Grinder NONE =
      (template, target, found) -> {
        throw new IllegalStateException("this engine was started without a grinder");
      };

  /// Begins to look, instead of what it looked for before; calls `found` at most once.
  void grind(BlockHeader template, BigInteger target, Consumer<BlockHeader> found);
}
