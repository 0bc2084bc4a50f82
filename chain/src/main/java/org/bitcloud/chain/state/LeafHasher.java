package org.bitcloud.chain.state;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;

/// Hashes of the binary Merkle tree, computed without allocation. Belongs to one thread.
///
/// Leaves are handled as runs of 64-byte entries: hash of the key, then hash of the value, sorted.
final class LeafHasher {
  /// Bytes of one leaf: the hash of its key and the hash of its value.
  static final int LEAF = 64;

  private static final int HASH = Hash.SIZE;

  private final MessageDigest digest = Sha256.digest();
  private final byte[] message = new byte[2 + 2 * HASH];

  /// Writes H(0 ‖ entry) of the leaf at an offset.
  void leaf(byte[] leaves, int at, byte[] target, int offset) {
    message[0] = 0;
    System.arraycopy(leaves, at, message, 1, LEAF);
    hash(1 + LEAF, target, offset);
  }

  /// Writes H(1 ‖ bit ‖ left ‖ right), left and right being 64 bytes in a row.
  void inner(int bit, byte[] children, int from, byte[] target, int offset) {
    message[0] = 1;
    message[1] = (byte) bit;
    System.arraycopy(children, from, message, 2, 2 * HASH);
    hash(2 + 2 * HASH, target, offset);
  }

  /// Writes the root over the leaves from one offset up to, not including, another.
  void subtree(byte[] leaves, int from, int to, byte[] target, int offset) {
    if (to - from == LEAF) {
      leaf(leaves, from, target, offset);
      return;
    }
    int bit = branchingBit(leaves, from, to);
    int split = split(leaves, from, to, bit);
    byte[] children = new byte[2 * HASH];
    subtree(leaves, from, split, children, 0);
    subtree(leaves, split, to, children, HASH);
    inner(bit, children, 0, target, offset);
  }

  /// The first bit in which sorted leaves, two or more, differ.
  static int branchingBit(byte[] leaves, int from, int to) {
    int last = to - LEAF;
    int at = Arrays.mismatch(leaves, from, from + HASH, leaves, last, last + HASH);
    int difference = (leaves[from + at] ^ leaves[last + at]) & 0xff;
    return 8 * at + Integer.numberOfLeadingZeros(difference) - 24;
  }

  /// The offset of the first leaf, among sorted ones that agree before it, with a bit set.
  static int split(byte[] leaves, int from, int to, int bit) {
    int low = 0;
    int high = (to - from) / LEAF;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bit(leaves, from + middle * LEAF, bit)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return from + low * LEAF;
  }

  /// Whether a bit of a hash is set, the highest bit of its first byte being bit 0.
  static boolean bit(byte[] bytes, int offset, int bit) {
    return (bytes[offset + (bit >>> 3)] & 0x80 >>> (bit & 7)) != 0;
  }

  private void hash(int length, byte[] target, int offset) {
    digest.update(message, 0, length);
    try {
      digest.digest(target, offset, HASH);
    } catch (DigestException e) {
      throw new IllegalStateException("the target holds 32 bytes", e);
    }
  }
}
