package org.bitcloud.chain;

import org.bitcloud.chain.state.StateOptions;

/// How far back the decisions of a consensus engine may reach.
///
/// @param undoDepth how many heights below the head stay readable and can be undone, at least 1
/// @param branchBlocksMax how many executed blocks off the committed line are kept, at least 1
/// @param finalityIsAbsolute whether a decision that would undo a finalized block is refused; where
///   not, `finalized` names a depth and moves with the best branch
/// @param stateBytes memory for what is read of the state, see [StateOptions#cacheBytes]
/// @param blocksKept how many of the last blocks keep their bodies and receipts, at least 1;
///   headers stay for ever, and so does each block whose state can still be undone
public record ChainOptions(
    long undoDepth,
    int branchBlocksMax,
    boolean finalityIsAbsolute,
    long stateBytes,
    long blocksKept) {
  private static final long ALL = Long.MAX_VALUE;
  private static final int BRANCH_BLOCKS = 256;
  private static final int LONG_BRANCH_BLOCKS = 4_096;
  private static final long UNDO_DEPTH = 1_024;
  private static final long STATE_BYTES = StateOptions.DEFAULT.cacheBytes();

  /// 1,024 heights, 256 blocks, and nothing finalized is ever undone.
  public static final ChainOptions DEFAULT =
      new ChainOptions(UNDO_DEPTH, BRANCH_BLOCKS, true, STATE_BYTES, ALL);

  /// Every height, 4,096 blocks, and a better branch may undo anything.
  public static final ChainOptions UNBOUNDED =
      new ChainOptions(ALL, LONG_BRANCH_BLOCKS, false, STATE_BYTES, ALL);

  /// Checks the bounds.
  public ChainOptions {
    if (undoDepth < 1 || branchBlocksMax < 1 || blocksKept < 1) {
      throw new IllegalArgumentException("an undo depth or a number of blocks below 1");
    }
  }

  /// The options for an engine that undoes at most so many blocks: no fewer heights than by
  /// default, and room for two branches of that length.
  public static ChainOptions bounded(int reorgDepth) {
    return new ChainOptions(
        Math.max(UNDO_DEPTH, reorgDepth + 1L),
        Math.max(BRANCH_BLOCKS, 4 * reorgDepth),
        true,
        STATE_BYTES,
        ALL);
  }

  /// The same options with another bound on the memory for what is read of the state.
  public ChainOptions withStateBytes(long bytes) {
    return new ChainOptions(undoDepth, branchBlocksMax, finalityIsAbsolute, bytes, blocksKept);
  }

  /// The same options, keeping only the last blocks and their states, though no fewer than a
  /// bounded undo depth. Where anything might be undone before, a branch that leaves the line
  /// deeper is refused now.
  public ChainOptions withPrune(long blocks) {
    long kept = undoDepth == ALL ? blocks : Math.max(blocks, undoDepth);
    return new ChainOptions(kept, branchBlocksMax, finalityIsAbsolute, stateBytes, kept);
  }

  /// The same options, keeping the state after every block from now on.
  public ChainOptions withArchive() {
    return new ChainOptions(ALL, branchBlocksMax, finalityIsAbsolute, stateBytes, ALL);
  }
}
