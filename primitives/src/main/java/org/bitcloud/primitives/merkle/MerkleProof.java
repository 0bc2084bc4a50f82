package org.bitcloud.primitives.merkle;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// A proof that some leaves, scattered or in one run, belong to a [MerkleTree] with a known root.
///
/// The proof is the list of roots of the largest subtrees that hold no wanted leaf, from left to
/// right. The verifier knows which those are from the number of leaves and the wanted indices, so
/// no positions travel, and there is exactly one proof for one question.
public final class MerkleProof {
  /// More leaves than any tree here has; keeps all index arithmetic inside a `long`.
  public static final long LEAVES_MAX = 1L << 62;

  private MerkleProof() {}

  /// Where the roots of subtrees come from when a proof is made.
  @FunctionalInterface
  public interface NodeSource {
    /// The root over the leaves `firstLeaf` to `firstLeaf + leafCount - 1`.
    ///
    /// A single leaf's root is its hash. Only ranges that are subtrees of the tree are asked for.
    Hash node(long firstLeaf, long leafCount);
  }

  /// The proof for the leaves at the given indices.
  ///
  /// @throws IllegalArgumentException if the indices are none, unsorted, repeated or out of range
  public static List<Hash> siblings(
      long leafCount, long[] sortedDistinctIndices, NodeSource nodes) {
    return siblings(leafCount, Wanted.of(sortedDistinctIndices), nodes);
  }

  /// The proof for the `count` leaves from `first` on.
  ///
  /// @throws IllegalArgumentException if the run is empty or out of range
  public static List<Hash> siblings(long leafCount, long first, long count, NodeSource nodes) {
    return siblings(leafCount, new Wanted.Run(first, count), nodes);
  }

  private static List<Hash> siblings(long leafCount, Wanted wanted, NodeSource nodes) {
    String fault = fault(leafCount, wanted);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException(fault);
    }
    List<Hash> siblings = new ArrayList<>();
    collect(0, leafCount, wanted, nodes, siblings);
    return List.copyOf(siblings);
  }

  private static void collect(
      long first, long count, Wanted wanted, NodeSource nodes, List<Hash> siblings) {
    long inside = wanted.below(first + count) - wanted.below(first);
    if (inside == 0) {
      siblings.add(nodes.node(first, count));
    } else if (inside < count) {
      long left = Long.highestOneBit(count - 1);
      collect(first, left, wanted, nodes, siblings);
      collect(first + left, count - left, wanted, nodes, siblings);
    }
  }

  /// The root that leaves and proof lead to; the caller compares it with the one it trusts.
  ///
  /// @throws MalformedException if indices are none, unsorted, repeated or out of range, or the
  ///   number of leaf hashes or siblings is not exactly what they call for
  public static Hash root(
      long leafCount, long[] sortedIndices, List<Hash> leafHashes, List<Hash> siblings)
      throws MalformedException {
    return root(leafCount, sortedIndices, flat(leafHashes), flat(siblings));
  }

  /// The same for hashes that lie one after the other, 32 bytes each.
  ///
  /// @throws MalformedException as with lists, or if a size is no multiple of 32
  public static Hash root(long leafCount, long[] sortedIndices, Bytes leafHashes, Bytes siblings)
      throws MalformedException {
    return root(leafCount, Wanted.of(sortedIndices), leafHashes, siblings);
  }

  /// The root that a run of `count` leaves from `first` on and its proof lead to.
  ///
  /// @throws MalformedException if the run is empty or out of range, or the number of leaf hashes
  ///   or siblings is not exactly what it calls for
  public static Hash root(
      long leafCount, long first, long count, List<Hash> leafHashes, List<Hash> siblings)
      throws MalformedException {
    return root(leafCount, first, count, flat(leafHashes), flat(siblings));
  }

  /// The same for hashes that lie one after the other, 32 bytes each.
  ///
  /// @throws MalformedException as with lists, or if a size is no multiple of 32
  public static Hash root(long leafCount, long first, long count, Bytes leafHashes, Bytes siblings)
      throws MalformedException {
    return root(leafCount, new Wanted.Run(first, count), leafHashes, siblings);
  }

  private static Hash root(long leafCount, Wanted wanted, Bytes leafHashes, Bytes siblings)
      throws MalformedException {
    String fault = fault(leafCount, wanted);
    if (!fault.isEmpty()) {
      throw new MalformedException(fault);
    }
    if (leafHashes.size() != Hash.SIZE * wanted.count()) {
      throw new MalformedException("proof needs " + wanted.count() + " leaf hashes of 32 bytes");
    }
    return new ProofFold(wanted, leafHashes, siblings).root(leafCount);
  }

  private static String fault(long leafCount, Wanted wanted) {
    if (leafCount <= 0 || leafCount > LEAVES_MAX) {
      return "a proof is about 1 to 2^62 leaves";
    }
    return wanted.isInside(leafCount)
        ? ""
        : "proven leaves must be some, sorted, distinct and below " + leafCount;
  }

  private static Bytes flat(List<Hash> hashes) throws MalformedException {
    if (hashes.size() > Integer.MAX_VALUE / Hash.SIZE) {
      throw new MalformedException("proof is too large");
    }
    byte[] bytes = new byte[hashes.size() * Hash.SIZE];
    int at = 0;
    for (Hash hash : hashes) {
      hash.copyTo(bytes, at);
      at += Hash.SIZE;
    }
    return Bytes.wrap(bytes);
  }
}
