package org.bitcloud.market.codec;

import org.bitcloud.market.sector.Sector;

/// Whole leaves that the same range of a slab takes of every one of its shards.
///
/// @param firstLeaf index of the first leaf in the sector
/// @param leafCount at least one
public record ShardRange(int firstLeaf, int leafCount) {
  /// Checks the bounds.
  ///
  /// @throws IllegalArgumentException if the leaves are not inside a sector
  public ShardRange {
    if (firstLeaf < 0 || leafCount < 1 || leafCount > Sector.LEAVES - firstLeaf) {
      throw new IllegalArgumentException(
          "no leaves of a sector: " + leafCount + " from " + firstLeaf + " on");
    }
  }

  /// Where the range begins in the sector, in bytes.
  public int firstByte() {
    return firstLeaf * Sector.LEAF_BYTES;
  }

  /// The length of the range in bytes.
  public int bytes() {
    return leafCount * Sector.LEAF_BYTES;
  }
}
