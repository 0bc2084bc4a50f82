package org.bitcloud.consensus;

/// When a block can no longer be undone. The tags `latest`, `safe` and `finalized` follow from it.
public sealed interface Finality {
  /// Each block on top makes it less likely.
  ///
  /// @param confirmations blocks on top after which a block is called final
  /// @param maxReorgDepth how many blocks may be undone; undo data are kept for so many
  record Probabilistic(int confirmations, int maxReorgDepth) implements Finality {}

  /// A decided block is final.
  ///
  /// @param pipelined whether blocks are proposed on a parent that is not final yet
  record Instant(boolean pipelined) implements Finality {}
}
