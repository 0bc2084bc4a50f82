package org.bitcloud.chain.file;

/// How far the tags lag behind the head where blocks come from a file and no engine runs.
///
/// @param safe blocks on top of the one that `safe` names
/// @param finalized blocks on top of the one that `finalized` names, not fewer than of `safe`
public record TagDepths(int safe, int finalized) {
  /// Every block is final at once.
  public static final TagDepths INSTANT = new TagDepths(0, 0);

  /// Checks the order.
  public TagDepths {
    if (safe < 0 || finalized < safe) {
      throw new IllegalArgumentException("finalized is never above safe, nor safe above the head");
    }
  }
}
