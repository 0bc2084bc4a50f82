package org.bitcloud.simulation;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.SplittableRandom;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.merkle.MerkleProof;
import org.bitcloud.primitives.merkle.MerkleTree;

/// A full sector whose bytes are computed from a seed whenever they are asked for. Only its Merkle
/// tree is kept, 512 KiB, so that proofs cost no hashing. Immutable.
public final class SeededSector {
  private final long seed;
  // A heap: the root at 1, children of i at 2i and 2i + 1, leaves from 8,192 on.
  private final byte[] nodes = new byte[2 * Sector.LEAVES * Hash.SIZE];

  /// The sector of a seed; hashes 4 MiB.
  public SeededSector(long seed) {
    this.seed = seed;
    for (int leaf = 0; leaf < Sector.LEAVES; leaf++) {
      MerkleTree.leaf(bytes(leaf), 0, Sector.LEAF_BYTES, nodes, (Sector.LEAVES + leaf) * Hash.SIZE);
    }
    for (int node = Sector.LEAVES - 1; node > 0; node--) {
      MerkleTree.node(hash(2 * node), hash(2 * node + 1)).copyTo(nodes, node * Hash.SIZE);
    }
  }

  private byte[] bytes(int leaf) {
    SplittableRandom random = new SplittableRandom(seed * Sector.LEAVES + leaf);
    ByteBuffer bytes = ByteBuffer.allocate(Sector.LEAF_BYTES);
    while (bytes.hasRemaining()) {
      bytes.putLong(random.nextLong());
    }
    return bytes.array();
  }

  private Hash hash(int node) {
    return new Hash(Bytes.wrap(nodes, node * Hash.SIZE, Hash.SIZE));
  }

  /// The Merkle root.
  public Hash root() {
    return hash(1);
  }

  /// The 512 bytes of a leaf.
  ///
  /// @throws IndexOutOfBoundsException if it has none of that number
  public Bytes leaf(int leaf) {
    Objects.checkIndex(leaf, Sector.LEAVES);
    return Bytes.wrap(bytes(leaf));
  }

  /// The roots of its subtrees.
  public MerkleProof.NodeSource nodes() {
    return (first, count) -> hash((int) ((Sector.LEAVES + first) / count));
  }
}
