package org.bitcloud.market.sector;

import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;

/// The roots of subtrees whose leaves are all zeros, the tail of every sector that is not full.
final class ZeroTree {
  static final byte LEAF_PREFIX = 0;
  static final byte NODE_PREFIX = 1;

  private static final byte[][] ROOTS = roots();

  private ZeroTree() {}

  private static byte[][] roots() {
    byte[][] roots = new byte[Sector.HEIGHT + 1][Hash.SIZE];
    Sha256.hashPrefixed(
        LEAF_PREFIX, new byte[Sector.LEAF_BYTES], 0, Sector.LEAF_BYTES, roots[0], 0);
    byte[] pair = new byte[2 * Hash.SIZE];
    for (int height = 1; height < roots.length; height++) {
      System.arraycopy(roots[height - 1], 0, pair, 0, Hash.SIZE);
      System.arraycopy(roots[height - 1], 0, pair, Hash.SIZE, Hash.SIZE);
      Sha256.hashPrefixed(NODE_PREFIX, pair, 0, pair.length, roots[height], 0);
    }
    return roots;
  }

  /// Copies the root over 2^height zero leaves into `target`.
  static void copyRoot(int height, byte[] target, int offset) {
    System.arraycopy(ROOTS[height], 0, target, offset, Hash.SIZE);
  }

  /// The root over 2^height leaves whose first hashes are given and whose others are zeros.
  ///
  /// @param hashes their hashes, one after the other, overwritten on the way
  static Hash fold(byte[] hashes, int count, int height) {
    if (count == 0) {
      return Hash.of(ROOTS[height]);
    }
    int left = count;
    byte[] pair = new byte[2 * Hash.SIZE];
    for (int level = 0; level < height; level++) {
      int pairs = left / 2;
      Sha256.hashEachPrefixed(NODE_PREFIX, hashes, 0, 2 * Hash.SIZE, pairs, hashes, 0);
      if (left % 2 == 1) {
        System.arraycopy(hashes, 2 * pairs * Hash.SIZE, pair, 0, Hash.SIZE);
        copyRoot(level, pair, Hash.SIZE);
        Sha256.hashPrefixed(NODE_PREFIX, pair, 0, pair.length, hashes, pairs * Hash.SIZE);
      }
      left = (left + 1) / 2;
    }
    byte[] root = new byte[Hash.SIZE];
    System.arraycopy(hashes, 0, root, 0, Hash.SIZE);
    return Hash.wrap(root);
  }
}
