package org.bitcloud.chain.state;

import java.util.Arrays;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// Four levels of the binary Merkle tree below one prefix, stored as one node.
///
/// Mutable until [#rehash] was called for the last time, then shared and never changed.
final class MerklePage implements StateCommitment.Node {
  /* A page at level n covers the keys whose hashes share the first 4n bits and tells them apart by
   * the next four: sixteen slots. A slot is empty, holds a few leaves, or stands for the page one
   * level below. Hashes of all nodes between the slots and the page's top are kept in one array
   * laid out as a heap: 1 is the top, 2k and 2k+1 are below k, 16 to 31 are the slots. Where only
   * one side has leaves there is no node in the tree (paths are compressed), so the hash of that
   * side is simply passed up.
   */

  /// Leaves that a slot holds before they get a page of their own.
  static final int SLOT_LEAVES_MAX = 4;

  /// Key bits that one page tells apart.
  static final int BITS = 4;

  static final int SLOTS = 1 << BITS;
  static final int LEVELS = 8 * Hash.SIZE / BITS;

  private static final int HASH = Hash.SIZE;
  private static final int CHILD_CODE = 15;
  private static final byte[] NONE = new byte[0];
  // Told from NONE by identity.
  private static final byte[] CHILD = new byte[0];

  private final int level;
  private final byte[][] slots;
  private final byte[] hashes;
  private int occupied;
  private int dirty;

  private MerklePage(int level, byte[][] slots, byte[] hashes, int occupied) {
    this.level = level;
    this.slots = slots;
    this.hashes = hashes;
    this.occupied = occupied;
  }

  /// A page without leaves.
  static MerklePage empty(int level) {
    byte[][] slots = new byte[SLOTS][];
    Arrays.fill(slots, NONE);
    return new MerklePage(level, slots, new byte[2 * SLOTS * HASH], 0);
  }

  MerklePage copy() {
    return new MerklePage(level, slots.clone(), hashes.clone(), occupied);
  }

  /// The slot into which the hash of a key falls in pages of a level.
  static int slotOf(int level, byte[] keyHash, int offset) {
    int both = keyHash[offset + (level >>> 1)];
    return (level & 1) == 0 ? (both & 0xf0) >>> 4 : both & 0x0f;
  }

  boolean isEmpty() {
    return occupied == 0;
  }

  @SuppressWarnings("ReferenceEquality")
  boolean isChild(int slot) {
    return slots[slot] == CHILD;
  }

  /// The leaves of a slot that is no child, none if it is empty; not to be changed.
  byte[] leaves(int slot) {
    return slots[slot];
  }

  /// All leaves in order if the page holds no more than a slot may, or null.
  byte @Nullable [] fewLeaves() {
    int size = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      if (isChild(slot)) {
        return null;
      }
      size += leaves(slot).length;
    }
    if (size > SLOT_LEAVES_MAX * LeafHasher.LEAF) {
      return null;
    }
    byte[] all = new byte[size];
    int at = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      byte[] leaves = leaves(slot);
      System.arraycopy(leaves, 0, all, at, leaves.length);
      at += leaves.length;
    }
    return all;
  }

  void setLeaves(int slot, byte[] leaves, LeafHasher hasher) {
    mark(slot, leaves.length > 0);
    slots[slot] = leaves.length == 0 ? NONE : leaves;
    if (leaves.length > 0) {
      hasher.subtree(leaves, 0, leaves.length / LeafHasher.LEAF, hashes, (SLOTS + slot) * HASH);
    }
  }

  void setChild(int slot, MerklePage child) {
    mark(slot, true);
    slots[slot] = CHILD;
    System.arraycopy(child.hashes, HASH, hashes, (SLOTS + slot) * HASH, HASH);
  }

  private void mark(int slot, boolean full) {
    dirty |= 1 << slot;
    occupied = full ? occupied | 1 << slot : occupied & ~(1 << slot);
  }

  /// Brings the hashes above changed slots up to date.
  void rehash(LeafHasher hasher) {
    int changed = dirty;
    int full = occupied;
    for (int height = BITS - 1; height >= 0; height--) {
      int changedAbove = 0;
      int fullAbove = 0;
      for (int i = 0; i < 1 << height; i++) {
        int sides = (full >>> (2 * i)) & 3;
        fullAbove |= (sides == 0 ? 0 : 1) << i;
        if (((changed >>> (2 * i)) & 3) != 0) {
          changedAbove |= 1 << i;
          join(hasher, (1 << height) + i, sides, BITS * level + height);
        }
      }
      changed = changedAbove;
      full = fullAbove;
    }
    dirty = 0;
  }

  private void join(LeafHasher hasher, int index, int sides, int bit) {
    int left = 2 * index * HASH;
    switch (sides) {
      case 1 -> System.arraycopy(hashes, left, hashes, index * HASH, HASH);
      case 2 -> System.arraycopy(hashes, left + HASH, hashes, index * HASH, HASH);
      case 3 -> hasher.inner(bit, hashes, left, hashes, index * HASH);
      default -> {
        // Nothing below: nobody looks at this hash.
      }
    }
  }

  /// The hash of the subtree; the page must not be empty.
  Hash root() {
    return hash(1);
  }

  /// The hash of one node of the heap.
  Hash hash(int index) {
    return new Hash(Bytes.copyOf(hashes, index * HASH, HASH));
  }

  /// Whether there are leaves below a node of the heap.
  boolean hasLeaves(int index) {
    int width = SLOTS / Integer.highestOneBit(index);
    int first = index * width - SLOTS;
    return (occupied >>> first & (1 << width) - 1) != 0;
  }

  /* Stored form: sixteen half-bytes, the number of leaves in each slot or 15 for a child; then for
   * each slot in order its leaves, or the 32-byte hash of the child. The rest is recomputed.
   */
  @Override
  public Bytes encode() {
    byte[] counts = new byte[SLOTS / 2];
    int size = counts.length;
    for (int slot = 0; slot < SLOTS; slot++) {
      boolean child = isChild(slot);
      int length = child ? HASH : leaves(slot).length;
      int code = child ? CHILD_CODE : length / LeafHasher.LEAF;
      counts[slot / 2] |= (byte) (code << ((slot & 1) == 0 ? 4 : 0));
      size += length;
    }
    byte[] encoded = Arrays.copyOf(counts, size);
    int at = counts.length;
    for (int slot = 0; slot < SLOTS; slot++) {
      boolean child = isChild(slot);
      byte[] from = child ? hashes : leaves(slot);
      int length = child ? HASH : from.length;
      System.arraycopy(from, child ? (SLOTS + slot) * HASH : 0, encoded, at, length);
      at += length;
    }
    return Bytes.wrap(encoded);
  }

  static MerklePage decode(int level, Bytes encoded, LeafHasher hasher) throws MalformedException {
    MerklePage page = empty(level);
    byte[] bytes = encoded.toArray();
    int at = SLOTS / 2;
    for (int slot = 0; slot < SLOTS; slot++) {
      int code = at > bytes.length ? 0 : code(bytes, slot);
      int length = code == CHILD_CODE ? HASH : code * LeafHasher.LEAF;
      if (at + length > bytes.length || (code > SLOT_LEAVES_MAX && code != CHILD_CODE)) {
        throw new MalformedException("a page of the state tree is damaged");
      }
      if (code == CHILD_CODE) {
        page.mark(slot, true);
        page.slots[slot] = CHILD;
        System.arraycopy(bytes, at, page.hashes, (SLOTS + slot) * HASH, HASH);
      } else if (code > 0) {
        page.setLeaves(slot, Arrays.copyOfRange(bytes, at, at + length), hasher);
      }
      at += length;
    }
    if (at != bytes.length || page.isEmpty()) {
      throw new MalformedException("a page of the state tree has the wrong size");
    }
    page.rehash(hasher);
    return page;
  }

  private static int code(byte[] bytes, int slot) {
    return (slot & 1) == 0 ? bytes[slot / 2] >>> 4 & 0x0f : bytes[slot / 2] & 0x0f;
  }
}
