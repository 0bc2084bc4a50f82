package org.bitcloud.primitives.merkle;

import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;

/// One computation of a root from wanted leaves and siblings.
final class ProofFold {
  private static final int PAIR = 1 + 2 * Hash.SIZE;
  // A tree of at most 2^62 leaves has 62 levels of nodes.
  private static final int LEVELS = 63;
  // Per level: the prefix, the left child and the right child of the node being computed there.
  private static final ThreadLocal<byte[]> PAIRS =
      ThreadLocal.withInitial(() -> new byte[LEVELS * PAIR]);

  private final Wanted wanted;
  private final Bytes leafHashes;
  private final Bytes siblings;
  private final byte[] pairs = PAIRS.get();
  private int leafAt;
  private int siblingAt;

  ProofFold(Wanted wanted, Bytes leafHashes, Bytes siblings) {
    this.wanted = wanted;
    this.leafHashes = leafHashes;
    this.siblings = siblings;
  }

  Hash root(long leafCount) throws MalformedException {
    byte[] root = new byte[Hash.SIZE];
    fold(0, leafCount, 0, root, 0);
    if (siblingAt != siblings.size()) {
      throw new MalformedException("proof has more siblings than needed");
    }
    return Hash.wrap(root);
  }

  private void fold(long first, long count, int level, byte[] target, int offset)
      throws MalformedException {
    if (wanted.below(first + count) == wanted.below(first)) {
      if (siblings.size() - siblingAt < Hash.SIZE) {
        throw new MalformedException("proof has fewer siblings than needed");
      }
      siblings.copyTo(siblingAt, target, offset, Hash.SIZE);
      siblingAt += Hash.SIZE;
    } else if (count == 1) {
      leafHashes.copyTo(leafAt, target, offset, Hash.SIZE);
      leafAt += Hash.SIZE;
    } else {
      long left = Long.highestOneBit(count - 1);
      int pair = level * PAIR;
      pairs[pair] = MerkleTree.NODE;
      fold(first, left, level + 1, pairs, pair + 1);
      fold(first + left, count - left, level + 1, pairs, pair + 1 + Hash.SIZE);
      Sha256.hash(pairs, pair, PAIR, target, offset);
    }
  }
}
