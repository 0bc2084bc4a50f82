package org.bitcloud.chain.state;

/// How a [StateStore] keeps the state.
///
/// @param undoDepth how many heights below the head stay readable and can be undone, at least 1
/// @param cachedPages how many nodes of the commitment stay in memory, about 1.5 KiB each
/// @param commitment what makes the root
public record StateOptions(long undoDepth, int cachedPages, StateCommitment commitment) {
  /// 1,024 heights, 16,384 pages, the binary Merkle tree.
  public static final StateOptions DEFAULT =
      new StateOptions(1_024, 16_384, new BinaryMerkleCommitment());

  /// Checks the bounds.
  ///
  /// @throws IllegalArgumentException if nothing could be undone, or the cache is negative
  public StateOptions {
    if (undoDepth < 1 || cachedPages < 0) {
      throw new IllegalArgumentException("an undo depth below 1, or a negative cache");
    }
  }

  /// The same options with another undo depth.
  public StateOptions withUndoDepth(long heights) {
    return new StateOptions(heights, cachedPages, commitment);
  }

  /// The same options, keeping every height from now on.
  public StateOptions archive() {
    return withUndoDepth(Long.MAX_VALUE);
  }

  /// The same options with another number of cached pages.
  public StateOptions withCachedPages(int pages) {
    return new StateOptions(undoDepth, pages, commitment);
  }
}
