package org.bitcloud.chain.state;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;

/// The definition of the state root, written down as plainly as can be.
final class NaiveTree {
  record Leaf(Hash keyHash, Hash valueHash) {}

  private NaiveTree() {}

  static Hash root(Map<Bytes, Bytes> entries) {
    List<Leaf> leaves = new ArrayList<>();
    entries.forEach((key, value) -> leaves.add(new Leaf(Sha256.hash(key), Sha256.hash(value))));
    return root(leaves);
  }

  static Hash root(List<Leaf> leaves) {
    return leaves.isEmpty() ? Hash.ZERO : subtree(leaves, 0);
  }

  private static Hash subtree(List<Leaf> leaves, int bit) {
    if (leaves.size() == 1) {
      Leaf leaf = leaves.getFirst();
      return hash(Bytes.of((byte) 0), leaf.keyHash.bytes(), leaf.valueHash.bytes());
    }
    List<Leaf> left = new ArrayList<>();
    List<Leaf> right = new ArrayList<>();
    for (Leaf leaf : leaves) {
      (bit(leaf.keyHash, bit) ? right : left).add(leaf);
    }
    if (left.isEmpty() || right.isEmpty()) {
      return subtree(leaves, bit + 1);
    }
    return hash(
        Bytes.of((byte) 1, (byte) bit),
        subtree(left, bit + 1).bytes(),
        subtree(right, bit + 1).bytes());
  }

  static boolean bit(Hash hash, int index) {
    return (hash.bytes().unsigned(index / 8) >> (7 - index % 8) & 1) == 1;
  }

  private static Hash hash(Bytes... parts) {
    MessageDigest digest = Sha256.digest();
    for (Bytes part : parts) {
      digest.update(part.toArray());
    }
    return Hash.of(digest.digest());
  }
}
