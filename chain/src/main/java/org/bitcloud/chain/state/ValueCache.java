package org.bitcloud.chain.state;

import java.util.Arrays;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// Short entries that were read or written last, within a bound of bytes; accounts are short.
///
/// Changed by one thread. While it does not, several may read.
final class ValueCache {
  /* A table of sets, each an array of eight slots that is made when first used. An entry has one
   * set where it can be, given by the hash of its key, and takes the place of the one that came
   * there first. A slot is a cache line: the sizes of key and value, then both. So a million
   * entries are a few large objects to the garbage collector, and one read of memory to a lookup.
   * Whoever makes keys that fall into one set only spoils the cache for these.
   */

  /// The size of the longest key and value together that is kept.
  static final int ENTRY_SIZE_MAX = 62;

  private static final int SLOT = 64;
  private static final int WAYS = 8;
  private static final int SET = WAYS * SLOT;
  private static final int SETS_MAX = 1 << 24;
  private static final byte[] UNUSED = new byte[0];

  private final byte[][] sets;
  private final byte[] oldest;

  /// A cache that takes no more than so many bytes; none of less than one set.
  ValueCache(long bytesMax) {
    int count = Math.clamp(bytesMax / SET, 0, SETS_MAX);
    this.sets = new byte[count][];
    this.oldest = new byte[count];
    Arrays.fill(sets, UNUSED);
  }

  /// The value of a key, or null if it is not known here.
  @Nullable Bytes get(Bytes key) {
    if (sets.length == 0) {
      return null;
    }
    byte[] set = sets[set(key)];
    int slot = find(set, key);
    if (slot < 0) {
      return null;
    }
    int from = slot + 2 + key.size();
    return Bytes.copyOf(set, from, set[slot + 1]);
  }

  /// Notes the value of a key; null for one that is gone.
  void put(Bytes key, @Nullable Bytes value) {
    if (sets.length == 0) {
      return;
    }
    int number = set(key);
    int slot = find(sets[number], key);
    if (value == null || key.size() + value.size() > ENTRY_SIZE_MAX) {
      if (slot >= 0) {
        sets[number][slot] = 0;
      }
      return;
    }
    if (sets[number].length == 0) {
      sets[number] = new byte[SET];
    }
    if (slot < 0) {
      slot = oldest[number] * SLOT;
      oldest[number] = (byte) ((oldest[number] + 1) % WAYS);
    }
    byte[] set = sets[number];
    set[slot] = (byte) key.size();
    set[slot + 1] = (byte) value.size();
    key.copyTo(set, slot + 2);
    value.copyTo(set, slot + 2 + key.size());
  }

  private int set(Bytes key) {
    // The upper half of the product depends on all bits of the hash; it is scaled to the table.
    long spread = key.hashCode() * 0x9e3779b97f4a7c15L;
    return (int) (((spread >>> 32) * sets.length) >>> 32);
  }

  /// Where the slot of a key begins, or -1. Keys are not empty, so a size of 0 is a free slot.
  private static int find(byte[] set, Bytes key) {
    for (int slot = 0; slot < set.length; slot += SLOT) {
      if (set[slot] == key.size() && key.matches(set, slot + 2)) {
        return slot;
      }
    }
    return -1;
  }
}
