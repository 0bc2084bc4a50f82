package org.bitcloud.chain.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// The way from the root to the leaf where a lookup of a hashed key ends.
///
/// At every branching the key's own bit decides; where the tree does not branch the only way is
/// taken. So the leaf found is the key's if it has one, and otherwise shows that it has none.
final class MerklePath {
  private final byte[] keyHash;
  // The half-bytes actually taken, which differ from the key's where there was no choice.
  private final byte[] taken = new byte[Hash.SIZE];
  private final List<Integer> bits = new ArrayList<>();
  private final List<Hash> siblings = new ArrayList<>();
  private byte[] leaf = new byte[0];

  MerklePath(StateCommitment.NodeReader nodes, byte[] keyHash) {
    this.keyHash = keyHash;
    StateCommitment.Node root = nodes.get(BinaryMerkleCommitment.position(0, keyHash, 0));
    if (root != null) {
      walk(nodes, (MerklePage) root);
    }
  }

  /// Whether there is any leaf.
  boolean found() {
    return leaf.length > 0;
  }

  Hash leafKey() {
    return new Hash(Bytes.copyOf(leaf, 0, Hash.SIZE));
  }

  Hash leafValue() {
    return new Hash(Bytes.copyOf(leaf, Hash.SIZE, Hash.SIZE));
  }

  /// The branching bits passed, one byte each, top first.
  Bytes bits() {
    byte[] result = new byte[bits.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) (int) bits.get(i);
    }
    return Bytes.wrap(result);
  }

  /// The hashes of the sides not taken, top first.
  List<Hash> siblings() {
    return List.copyOf(siblings);
  }

  private void walk(StateCommitment.NodeReader nodes, MerklePage root) {
    MerklePage page = root;
    for (int level = 0; ; level++) {
      int slot = slot(page, level);
      taken[level >>> 1] |= (byte) (slot << ((level & 1) == 0 ? 4 : 0));
      if (!page.isChild(slot)) {
        walk(page.leaves(slot));
        return;
      }
      page = BinaryMerkleCommitment.load(nodes, level + 1, taken, 0);
    }
  }

  /// Walks through a page; returns the slot where the way leaves it.
  private int slot(MerklePage page, int level) {
    int index = 1;
    for (int height = 0; height < MerklePage.BITS; height++) {
      int bit = MerklePage.BITS * level + height;
      boolean left = page.hasLeaves(2 * index);
      boolean right = page.hasLeaves(2 * index + 1);
      int side = left && right ? side(bit) : left ? 0 : 1;
      index = 2 * index + side;
      if (left && right) {
        step(bit, page.hash(index ^ 1));
      }
    }
    return index - MerklePage.SLOTS;
  }

  /// Walks through the few leaves of a slot.
  private void walk(byte[] leaves) {
    LeafHasher hasher = new LeafHasher();
    int from = 0;
    int to = leaves.length;
    while (to - from > LeafHasher.LEAF) {
      int bit = LeafHasher.branchingBit(leaves, from, to);
      int split = LeafHasher.split(leaves, from, to, bit);
      byte[] other = new byte[Hash.SIZE];
      if (side(bit) == 0) {
        hasher.subtree(leaves, split, to, other, 0);
        to = split;
      } else {
        hasher.subtree(leaves, from, split, other, 0);
        from = split;
      }
      step(bit, Hash.wrap(other));
    }
    leaf = Arrays.copyOfRange(leaves, from, to);
  }

  private int side(int bit) {
    return LeafHasher.bit(keyHash, 0, bit) ? 1 : 0;
  }

  private void step(int bit, Hash sibling) {
    bits.add(bit);
    siblings.add(sibling);
  }
}
