package org.bitcloud.market.sector;

/// The sizes of a sector, the unit that is stored, proven and paid (`docs/spec/object.md` 2 and 3).
public final class Sector {
  /// Bytes of a leaf, the smallest part that a proof shows.
  public static final int LEAF_BYTES = 512;

  /// Levels of nodes above the leaves.
  public static final int HEIGHT = 13;

  /// Leaves of a sector.
  public static final int LEAVES = 1 << HEIGHT;

  /// Bytes of a sector: 4 MiB.
  public static final int BYTES = LEAVES * LEAF_BYTES;

  private Sector() {}

  /// How many leaves hold so many bytes, the last of them perhaps in part.
  ///
  /// @throws IllegalArgumentException if the bytes do not fit a sector
  public static int leavesFor(int bytes) {
    if (bytes < 0 || bytes > BYTES) {
      throw new IllegalArgumentException("a sector has 0 to " + BYTES + " bytes, not " + bytes);
    }
    return (bytes + LEAF_BYTES - 1) / LEAF_BYTES;
  }

  static void checkLeaves(int firstLeaf, int leafCount) {
    if (firstLeaf < 0 || leafCount < 1 || leafCount > LEAVES - firstLeaf) {
      throw new IllegalArgumentException(
          "no leaves of a sector: " + leafCount + " from " + firstLeaf + " on");
    }
  }
}
