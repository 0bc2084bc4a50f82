package org.bitcloud.chain.state;

import java.util.Arrays;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// Four levels of the binary Merkle tree below one prefix, stored as one node.
///
/// Mutable until [#rehash] was called for the last time, then shared and never changed, but that a
/// page just read computes its hashes when first asked for one. So one thread uses it at a time.
final class MerklePage implements StateCommitment.Node {
  /* A page at level n covers the keys whose hashes share the first 4n bits and tells them apart by
   * the next four: sixteen slots. A slot is empty, holds a few leaves, or stands for the page one
   * level below. What the slots hold is kept as it is stored: sixteen half-bytes, the number of
   * leaves in each slot or 15 for a child; then for each slot in order its leaves, or the hash of
   * the child. So a page is three objects, is stored by handing out its bytes, and is read without
   * hashing anything.
   *
   * The hashes of the nodes above the slots are in one array laid out as a heap: 1 is the top, 2k
   * and 2k+1 are below k, 16 to 31 would be the slots, which are hashed when asked for. Where only
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
  private static final int COUNTS_BYTES = SLOTS / 2;
  private static final byte[] UNHASHED = new byte[0];
  // The page itself and the heads of its two arrays.
  private static final int OBJECTS_BYTES = 64;

  private final int level;
  private byte[] slots;
  private byte[] hashes;
  private int occupied;
  private int dirty;

  private MerklePage(int level, byte[] slots, byte[] hashes, int occupied) {
    this.level = level;
    this.slots = slots;
    this.hashes = hashes;
    this.occupied = occupied;
  }

  /// A page without leaves.
  static MerklePage empty(int level) {
    return new MerklePage(level, new byte[COUNTS_BYTES], UNHASHED, 0);
  }

  MerklePage copy() {
    return new MerklePage(level, slots.clone(), hashes.clone(), occupied);
  }

  /// The slot into which the hash of a key falls in pages of a level.
  static int slotOf(int level, byte[] keyHash, int offset) {
    return half(keyHash[offset + (level >>> 1)], level);
  }

  /// The higher half of a byte for even numbers, the lower one for odd ones.
  private static int half(byte both, int number) {
    return (number & 1) == 0 ? (both & 0xf0) >>> 4 : both & 0x0f;
  }

  boolean isEmpty() {
    return occupied == 0;
  }

  boolean isChild(int slot) {
    return code(slots, slot) == CHILD_CODE;
  }

  private static int code(byte[] slots, int slot) {
    return half(slots[slot / 2], slot);
  }

  private static int length(byte[] slots, int slot) {
    int code = code(slots, slot);
    return code == CHILD_CODE ? HASH : code * LeafHasher.LEAF;
  }

  /// Where a slot begins.
  private int start(int slot) {
    int at = COUNTS_BYTES;
    for (int i = 0; i < slot; i++) {
      at += length(slots, i);
    }
    return at;
  }

  /// The leaves of a slot that is no child, none if it is empty.
  byte[] leaves(int slot) {
    int start = start(slot);
    return Arrays.copyOfRange(slots, start, start + length(slots, slot));
  }

  /// All leaves in order if the page holds no more than a slot may, or null.
  byte @Nullable [] fewLeaves() {
    if (slots.length > COUNTS_BYTES + SLOT_LEAVES_MAX * LeafHasher.LEAF) {
      return null;
    }
    for (int slot = 0; slot < SLOTS; slot++) {
      if (isChild(slot)) {
        return null;
      }
    }
    return Arrays.copyOfRange(slots, COUNTS_BYTES, slots.length);
  }

  void setLeaves(int slot, byte[] leaves) {
    set(slot, leaves.length / LeafHasher.LEAF, leaves, 0, leaves.length);
  }

  /// Makes a slot stand for a page, which is hashed.
  void setChild(int slot, MerklePage child) {
    set(slot, CHILD_CODE, child.hashes, HASH, HASH);
  }

  private void set(int slot, int code, byte[] from, int offset, int length) {
    int start = start(slot);
    int end = start + length(slots, slot);
    if (end - start != length) {
      byte[] resized = Arrays.copyOf(slots, slots.length - (end - start) + length);
      System.arraycopy(slots, end, resized, start + length, slots.length - end);
      slots = resized;
    }
    System.arraycopy(from, offset, slots, start, length);
    int other = slots[slot / 2] & ((slot & 1) == 0 ? 0x0f : 0xf0);
    slots[slot / 2] = (byte) (other | code << ((slot & 1) == 0 ? BITS : 0));
    dirty |= 1 << slot;
    occupied = code > 0 ? occupied | 1 << slot : occupied & ~(1 << slot);
  }

  /// Brings the hashes above changed slots up to date.
  void rehash(LeafHasher hasher) {
    if (hashes.length == 0) {
      hashes = new byte[SLOTS * HASH];
      dirty = occupied;
    }
    byte[] sides = new byte[2 * HASH];
    int changed = dirty;
    int full = occupied;
    for (int height = BITS - 1; height >= 0; height--) {
      int changedAbove = 0;
      int fullAbove = 0;
      for (int i = 0; i < 1 << height; i++) {
        int below = (full >>> (2 * i)) & 3;
        fullAbove |= (below == 0 ? 0 : 1) << i;
        if (((changed >>> (2 * i)) & 3) != 0) {
          changedAbove |= 1 << i;
          join(hasher, (1 << height) + i, below, BITS * level + height, sides);
        }
      }
      changed = changedAbove;
      full = fullAbove;
    }
    dirty = 0;
  }

  private void join(LeafHasher hasher, int index, int below, int bit, byte[] sides) {
    switch (below) {
      case 1 -> hash(hasher, 2 * index, hashes, index * HASH);
      case 2 -> hash(hasher, 2 * index + 1, hashes, index * HASH);
      case 3 -> {
        hash(hasher, 2 * index, sides, 0);
        hash(hasher, 2 * index + 1, sides, HASH);
        hasher.inner(bit, sides, 0, hashes, index * HASH);
      }
      default -> {
        // Nothing below: nobody looks at this hash.
      }
    }
  }

  /// Writes the hash of a node of the heap or of a slot, which has leaves.
  private void hash(LeafHasher hasher, int index, byte[] target, int offset) {
    int slot = index - SLOTS;
    if (slot < 0) {
      System.arraycopy(hashes, index * HASH, target, offset, HASH);
    } else if (isChild(slot)) {
      System.arraycopy(slots, start(slot), target, offset, HASH);
    } else {
      int start = start(slot);
      hasher.subtree(slots, start, start + length(slots, slot), target, offset);
    }
  }

  /// The hash of the subtree; the page must not be empty.
  Hash root() {
    return hash(1);
  }

  /// The hash of one node of the heap or of a slot, below which there must be leaves.
  Hash hash(int index) {
    LeafHasher hasher = new LeafHasher();
    if (hashes.length == 0) {
      rehash(hasher);
    }
    byte[] hash = new byte[HASH];
    hash(hasher, index, hash, 0);
    return Hash.wrap(hash);
  }

  /// Whether there are leaves below a node of the heap.
  boolean hasLeaves(int index) {
    int width = SLOTS / Integer.highestOneBit(index);
    int first = index * width - SLOTS;
    return (occupied >>> first & (1 << width) - 1) != 0;
  }

  @Override
  public Bytes encode() {
    return Bytes.wrap(slots);
  }

  @Override
  public int memory() {
    return OBJECTS_BYTES + slots.length + SLOTS * HASH;
  }

  static MerklePage decode(int level, Bytes encoded) throws MalformedException {
    byte[] slots = encoded.toArray();
    int occupied = 0;
    int size = COUNTS_BYTES;
    for (int slot = 0; slot < SLOTS && slots.length > COUNTS_BYTES; slot++) {
      int code = code(slots, slot);
      if (code > SLOT_LEAVES_MAX && code != CHILD_CODE) {
        throw new MalformedException("a page of the state tree is damaged");
      }
      occupied |= code > 0 ? 1 << slot : 0;
      size += length(slots, slot);
    }
    if (size != slots.length || occupied == 0) {
      throw new MalformedException("a page of the state tree has the wrong size");
    }
    return new MerklePage(level, slots, UNHASHED, occupied);
  }
}
