package org.bitcloud.chain.state;

/// How a [StateStore] keeps the state.
///
/// @param undoDepth how many heights below the head stay readable and can be undone, at least 1
/// @param cacheBytes how much memory nodes of the commitment and short entries may take, roughly; a
///   million accounts have nodes of some 200 MB, and take another 64. One block's changes may
///   exceed it for a moment
/// @param replayMax how many heights the stored nodes may lag behind the head, at least 0; opening
///   the state computes them anew. Never more than the undo depth
/// @param commitment what makes the root
public record StateOptions(
    long undoDepth, long cacheBytes, long replayMax, StateCommitment commitment) {
  private static final long MIB = 1 << 20;

  /// 1,024 heights, 64 MiB, nodes up to 64 heights behind, the binary Merkle tree.
  public static final StateOptions DEFAULT =
      new StateOptions(1_024, 64 * MIB, 64, new BinaryMerkleCommitment());

  /// Checks the bounds.
  ///
  /// @throws IllegalArgumentException if nothing could be undone, or another bound is negative
  public StateOptions {
    if (undoDepth < 1 || cacheBytes < 0 || replayMax < 0) {
      throw new IllegalArgumentException("an undo depth below 1, or a negative bound");
    }
  }

  /// The same options with another undo depth.
  public StateOptions withUndoDepth(long heights) {
    return new StateOptions(heights, cacheBytes, replayMax, commitment);
  }

  /// The same options, keeping every height from now on.
  public StateOptions archive() {
    return withUndoDepth(Long.MAX_VALUE);
  }

  /// The same options with another bound on the memory of nodes and entries.
  public StateOptions withCacheBytes(long bytes) {
    return new StateOptions(undoDepth, bytes, replayMax, commitment);
  }

  /// The same options with another distance of the stored nodes.
  public StateOptions withReplayMax(long heights) {
    return new StateOptions(undoDepth, cacheBytes, heights, commitment);
  }

  /// How much of the memory is for nodes of the commitment.
  long nodeBytes() {
    return cacheBytes - valueBytes();
  }

  /// How much of the memory is for short entries.
  long valueBytes() {
    return cacheBytes / 4;
  }

  /// How far the stored nodes may lag behind in fact: what is undone no longer cannot be replayed.
  long lagMax() {
    return Math.min(undoDepth, replayMax);
  }
}
