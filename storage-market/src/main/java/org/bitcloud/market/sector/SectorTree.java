package org.bitcloud.market.sector;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.merkle.MerkleProof;

/// The Merkle tree of one sector while its body is being made or received.
///
/// It keeps the leaf hashes of the body only (32 bytes for each 512); the zero tail costs nothing.
/// Threads may hash disjoint ranges of leaves at once; the root is to be asked for when all are in.
public final class SectorTree {
  private final int bodyLeaves;
  private final byte[] leafHashes;

  /// A tree of a body of so many leaves, none hashed yet, followed by zero leaves.
  ///
  /// @throws IllegalArgumentException if that is not 0 to 8,192
  public SectorTree(int bodyLeaves) {
    if (bodyLeaves < 0 || bodyLeaves > Sector.LEAVES) {
      throw new IllegalArgumentException("a sector has 0 to 8192 leaves, not " + bodyLeaves);
    }
    this.bodyLeaves = bodyLeaves;
    leafHashes = new byte[bodyLeaves * Hash.SIZE];
  }

  /// A tree of a body whose leaf hashes are known, 32 bytes each, in an array given away.
  static SectorTree ofLeafHashes(byte[] leafHashes) {
    return new SectorTree(leafHashes.length / Hash.SIZE, leafHashes);
  }

  private SectorTree(int bodyLeaves, byte[] leafHashes) {
    this.bodyLeaves = bodyLeaves;
    this.leafHashes = leafHashes;
  }

  /// The root of the sector whose first bytes are `body` and whose others are zeros.
  ///
  /// @throws IllegalArgumentException if the body exceeds a sector
  public static Hash rootOf(byte[] body) {
    int leaves = Sector.leavesFor(body.length);
    SectorTree tree = new SectorTree(leaves);
    int whole = body.length / Sector.LEAF_BYTES;
    tree.hash(0, body, 0, whole);
    if (whole < leaves) {
      int from = whole * Sector.LEAF_BYTES;
      tree.hash(whole, Arrays.copyOfRange(body, from, from + Sector.LEAF_BYTES), 0, 1);
    }
    return tree.root();
  }

  /// Hashes leaves of the body.
  ///
  /// @param firstLeaf index of the first of them
  /// @param offset where its 512 bytes begin in `data`; the others follow
  /// @throws IndexOutOfBoundsException if the leaves are not of the body or not in `data`
  public void hash(int firstLeaf, byte[] data, int offset, int leafCount) {
    if (leafCount < 0 || firstLeaf < 0 || leafCount > bodyLeaves - firstLeaf) {
      throw new IndexOutOfBoundsException("leaves " + firstLeaf + " + " + leafCount);
    }
    Sha256.hashEachPrefixed(
        ZeroTree.LEAF_PREFIX,
        data,
        offset,
        Sector.LEAF_BYTES,
        leafCount,
        leafHashes,
        firstLeaf * Hash.SIZE);
  }

  /// The number of leaves before the zero tail.
  public int bodyLeaves() {
    return bodyLeaves;
  }

  /// The root over all leaves of the body and zeros.
  public Hash root() {
    return root(bodyLeaves);
  }

  /// The root when the body turned out to have fewer leaves and zeros follow.
  ///
  /// @throws IndexOutOfBoundsException if it would have more
  public Hash root(int firstLeaves) {
    Objects.checkFromIndexSize(0, firstLeaves, bodyLeaves);
    byte[] hashes = Arrays.copyOf(leafHashes, firstLeaves * Hash.SIZE);
    return ZeroTree.fold(hashes, firstLeaves, Sector.HEIGHT);
  }

  /// The root of the subtree of 2^height leaves that starts at `firstLeaf`, a multiple of that.
  Hash node(int firstLeaf, int height) {
    int inside = Math.clamp((long) bodyLeaves - firstLeaf, 0, 1 << height);
    int from = Math.min(firstLeaf, bodyLeaves) * Hash.SIZE;
    byte[] part = Arrays.copyOfRange(leafHashes, from, from + inside * Hash.SIZE);
    return ZeroTree.fold(part, inside, height);
  }

  /// The subtrees as a source for proofs, valid as long as the tree is not written to.
  public MerkleProof.NodeSource nodes() {
    return (first, count) -> node(Math.toIntExact(first), heightOf(count));
  }

  /// Copies the hashes of leaves of the body into `target`.
  void copyLeafHashes(int firstLeaf, int leafCount, byte[] target, int offset) {
    System.arraycopy(leafHashes, firstLeaf * Hash.SIZE, target, offset, leafCount * Hash.SIZE);
  }

  /// Checks that leaves with their proof belong to the sector of this root.
  ///
  /// @throws MalformedException if they do not, or the range is none of a sector
  public static void verify(Hash root, SectorRange range) throws MalformedException {
    SectorTree leaves = new SectorTree(range.leafCount());
    leaves.hash(0, range.data().toArray(), 0, range.leafCount());
    Hash proven =
        MerkleProof.root(
            Sector.LEAVES,
            range.firstLeaf(),
            range.leafCount(),
            Bytes.wrap(leaves.leafHashes),
            flat(range.proof()));
    if (!proven.equals(root)) {
      throw new MalformedException("bytes do not belong to sector " + root);
    }
  }

  private static Bytes flat(List<Hash> hashes) throws MalformedException {
    if (hashes.size() > 2 * Sector.HEIGHT) {
      throw new MalformedException("a range of a sector needs no proof of " + hashes.size());
    }
    return Bytes.concat(hashes.stream().map(Hash::bytes).toArray(Bytes[]::new));
  }

  /// The height of a whole subtree of so many leaves.
  static int heightOf(long leafCount) {
    if (Long.bitCount(leafCount) != 1) {
      throw new IllegalArgumentException("not a subtree of a sector: " + leafCount + " leaves");
    }
    return Long.numberOfTrailingZeros(leafCount);
  }

  /// The proof of a range of leaves out of any source of this sector's subtrees.
  static SectorRange range(int firstLeaf, Bytes data, MerkleProof.NodeSource nodes) {
    long count = data.size() / Sector.LEAF_BYTES;
    return new SectorRange(
        firstLeaf, data, MerkleProof.siblings(Sector.LEAVES, firstLeaf, count, nodes));
  }
}
