package org.bitcloud.contracts.storage;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.merkle.MerkleProof;
import org.bitcloud.primitives.merkle.MerkleTree;

/// Sectors whose leaves are computed from a seed, with their Merkle tree.
final class Content {
  // Trees are immutable in effect and dear to build, so tests share them.
  private static final Map<List<Long>, Content> MADE = new ConcurrentHashMap<>();
  private static final int LEAVES = (int) StorageParameters.SECTOR_LEAVES;

  private final long seed;
  private final int sectors;
  private final byte[] leafHashes;
  private final Map<Long, Hash> nodes = new ConcurrentHashMap<>();

  private Content(long seed, int sectors) {
    this.seed = seed;
    this.sectors = sectors;
    this.leafHashes = new byte[sectors * LEAVES * Hash.SIZE];
    byte[] leaf = new byte[StorageParameters.LEAF_BYTES];
    for (int i = 0; i < sectors * LEAVES; i++) {
      fill(leaf, i);
      MerkleTree.leaf(leaf, 0, leaf.length, leafHashes, i * Hash.SIZE);
    }
  }

  static Content of(long seed, int sectors) {
    return MADE.computeIfAbsent(List.of(seed, (long) sectors), _ -> new Content(seed, sectors));
  }

  private void fill(byte[] leaf, long index) {
    ByteBuffer.wrap(leaf).putLong(0, seed).putLong(leaf.length - Long.BYTES, index);
  }

  int sectors() {
    return sectors;
  }

  Hash root() {
    return sectors == 0 ? Hash.ZERO : node(0, (long) sectors * LEAVES);
  }

  Bytes leaf(long index) {
    byte[] leaf = new byte[StorageParameters.LEAF_BYTES];
    fill(leaf, index);
    return Bytes.wrap(leaf);
  }

  /// The answer for leaves in rising order.
  StorageProof.Answer answer(Hash contractId, List<Long> indices) {
    Bytes leaves = Bytes.concat(indices.stream().map(this::leaf).toArray(Bytes[]::new));
    return new StorageProof.Answer(contractId, indices, leaves, siblings(indices));
  }

  Bytes siblings(List<Long> indices) {
    long[] wanted = indices.stream().mapToLong(i -> i).toArray();
    List<Hash> siblings = MerkleProof.siblings((long) sectors * LEAVES, wanted, this::node);
    return Bytes.concat(siblings.stream().map(Hash::bytes).toArray(Bytes[]::new));
  }

  private Hash node(long first, long count) {
    long key = first << 32 | count;
    Hash known = nodes.get(key);
    if (known == null) {
      known = compute(first, count);
      nodes.put(key, known);
    }
    return known;
  }

  private Hash compute(long first, long count) {
    if (count == 1) {
      return new Hash(Bytes.copyOf(leafHashes, (int) first * Hash.SIZE, Hash.SIZE));
    }
    long left = Long.highestOneBit(count - 1);
    return MerkleTree.node(node(first, left), node(first + left, count - left));
  }
}
