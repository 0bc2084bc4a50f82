package org.bitcloud.primitives.merkle;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;

/// The binary SHA-256 tree of RFC 6962 over a list of leaves.
///
/// A leaf hashes to `H(0 ‖ data)`, a node to `H(1 ‖ left ‖ right)`. A list of n splits after the
/// largest power of two below n, so an odd node moves up unchanged and no leaf counts twice. The
/// root of no leaves is [Hash#ZERO] (where RFC 6962 hashes the empty string).
public final class MerkleTree {
  private static final byte LEAF = 0;
  static final byte NODE = 1;

  private MerkleTree() {}

  /// The hash of a leaf's data.
  public static Hash leaf(Bytes data) {
    byte[] array = data.toArray();
    return leaf(array, 0, array.length);
  }

  /// The hash of a leaf whose data is `length` bytes starting at `offset`.
  ///
  /// @throws IndexOutOfBoundsException if the range is not inside the array
  public static Hash leaf(byte[] data, int offset, int length) {
    byte[] hash = new byte[Hash.SIZE];
    leaf(data, offset, length, hash, 0);
    return Hash.wrap(hash);
  }

  /// Writes the hash of a leaf into `target` at `targetOffset`, allocating nothing.
  ///
  /// @throws IndexOutOfBoundsException if a range is not inside its array
  public static void leaf(byte[] data, int offset, int length, byte[] target, int targetOffset) {
    Sha256.hashPrefixed(LEAF, data, offset, length, target, targetOffset);
  }

  /// The hash of a node with two children.
  public static Hash node(Hash left, Hash right) {
    byte[] pair = new byte[1 + 2 * Hash.SIZE];
    pair[0] = NODE;
    left.copyTo(pair, 1);
    right.copyTo(pair, 1 + Hash.SIZE);
    return Sha256.hash(pair);
  }

  /// The root over leaf hashes, zero for none.
  public static Hash root(List<Hash> leafHashes) {
    Builder builder = new Builder();
    for (Hash leaf : leafHashes) {
      builder.append(leaf);
    }
    return builder.root();
  }

  /// The root over data cut into leaves of `leafSize` bytes, the last one as short as it comes.
  ///
  /// @throws IndexOutOfBoundsException if the range is not inside the array
  /// @throws IllegalArgumentException if the leaf size is not positive
  public static Hash rootOfChunks(byte[] data, int offset, int length, int leafSize) {
    if (leafSize <= 0) {
      throw new IllegalArgumentException("leaf size must be positive: " + leafSize);
    }
    Builder builder = new Builder();
    for (int at = 0; at < length; at += leafSize) {
      builder.appendData(data, offset + at, Math.min(leafSize, length - at));
    }
    return builder.root();
  }

  /// A tree that grows leaf by leaf and keeps only the roots of its full subtrees.
  ///
  /// For one thread; allocates nothing per leaf.
  public static final class Builder {
    // The pending full subtrees, largest first, one for each set bit of count.
    private byte[] pending = new byte[16 * Hash.SIZE];
    private final byte[] pair = new byte[1 + 2 * Hash.SIZE];
    private int subtrees;
    private long count;

    /// A tree without leaves.
    public Builder() {
      pair[0] = NODE;
    }

    /// Appends a leaf by its hash.
    @CanIgnoreReturnValue
    public Builder append(Hash leafHash) {
      leafHash.copyTo(pending, reserve());
      return fold();
    }

    /// Appends a leaf by the 32 bytes of its hash at `offset`.
    ///
    /// @throws IndexOutOfBoundsException if they are not inside the array
    @CanIgnoreReturnValue
    public Builder append(byte[] leafHashes, int offset) {
      System.arraycopy(leafHashes, offset, pending, reserve(), Hash.SIZE);
      return fold();
    }

    /// Appends a leaf by its data.
    ///
    /// @throws IndexOutOfBoundsException if the range is not inside the array
    @CanIgnoreReturnValue
    public Builder appendData(byte[] data, int offset, int length) {
      leaf(data, offset, length, pending, reserve());
      return fold();
    }

    /// How many leaves there are.
    public long count() {
      return count;
    }

    /// The root over all leaves so far, zero for none; more may be appended afterwards.
    public Hash root() {
      if (subtrees == 0) {
        return Hash.ZERO;
      }
      byte[] root = Arrays.copyOfRange(pending, (subtrees - 1) * Hash.SIZE, subtrees * Hash.SIZE);
      for (int i = subtrees - 2; i >= 0; i--) {
        System.arraycopy(pending, i * Hash.SIZE, pair, 1, Hash.SIZE);
        System.arraycopy(root, 0, pair, 1 + Hash.SIZE, Hash.SIZE);
        Sha256.hash(pair, 0, pair.length, root, 0);
      }
      return Hash.wrap(root);
    }

    private int reserve() {
      int at = subtrees * Hash.SIZE;
      if (at == pending.length) {
        pending = Arrays.copyOf(pending, 2 * at);
      }
      return at;
    }

    private Builder fold() {
      count++;
      subtrees++;
      // Every trailing zero bit of the new count is a pair of equal subtrees that became one.
      for (long bits = count; (bits & 1) == 0; bits >>= 1) {
        subtrees--;
        int left = (subtrees - 1) * Hash.SIZE;
        System.arraycopy(pending, left, pair, 1, 2 * Hash.SIZE);
        Sha256.hash(pair, 0, pair.length, pending, left);
      }
      return this;
    }
  }
}
