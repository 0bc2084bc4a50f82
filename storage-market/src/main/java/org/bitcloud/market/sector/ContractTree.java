package org.bitcloud.market.sector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.merkle.MerkleProof;
import org.bitcloud.primitives.merkle.MerkleTree;

/// The Merkle tree of a contract: the trees of its sectors carried on over their roots.
///
/// Changing, adding or removing the last of n sectors costs O(log n) hashes. Leaves of the whole
/// contract are numbered `8192 × sector + leaf`. For one thread.
public final class ContractTree {
  // Level 0 holds the sector roots; entry j of level h covers sectors j·2^h and the 2^h - 1 after.
  private final List<List<Hash>> levels = new ArrayList<>();

  /// A tree of no sectors.
  public ContractTree() {
    levels.add(new ArrayList<>());
  }

  /// A tree of the given sector roots in order.
  public static ContractTree of(List<Hash> sectors) {
    ContractTree tree = new ContractTree();
    sectors.forEach(tree::append);
    return tree;
  }

  /// The number of sectors.
  public int size() {
    return levels.getFirst().size();
  }

  /// The root of the sector at an index.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  public Hash sector(int index) {
    return levels.getFirst().get(index);
  }

  /// The roots of all sectors in order, a view that cannot be written to.
  public List<Hash> sectors() {
    return Collections.unmodifiableList(levels.getFirst());
  }

  /// The contract root: 32 zero bytes where there is no sector.
  public Hash root() {
    return size() == 0 ? Hash.ZERO : levels.getLast().getFirst();
  }

  /// Adds a sector at the end.
  public void append(Hash sector) {
    levels.getFirst().add(sector);
    update(size() - 1);
  }

  /// Replaces the sector at an index.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  public void set(int index, Hash sector) {
    levels.getFirst().set(index, sector);
    update(index);
  }

  /// Exchanges two sectors, which with [#truncate] removes any sector cheaply.
  ///
  /// @throws IndexOutOfBoundsException if either is missing
  public void swap(int one, int other) {
    Hash moved = sector(one);
    set(one, sector(other));
    set(other, moved);
  }

  /// Drops all sectors from index `size` on.
  ///
  /// @throws IllegalArgumentException if there are fewer
  public void truncate(int size) {
    if (size < 0 || size > size()) {
      throw new IllegalArgumentException("cannot keep " + size + " of " + size() + " sectors");
    }
    int length = size;
    for (int level = 0; level < levels.size(); level++) {
      List<Hash> nodes = levels.get(level);
      if (length < nodes.size()) {
        nodes.subList(length, nodes.size()).clear();
      }
      if (length <= 1) {
        levels.subList(level + 1, levels.size()).clear();
      }
      length = (length + 1) / 2;
    }
    if (size > 0) {
      update(size - 1);
    }
  }

  /// Recomputes what lies above one sector.
  private void update(int sector) {
    int index = sector;
    for (int level = 0; levels.get(level).size() > 1; level++) {
      if (level + 1 == levels.size()) {
        levels.add(new ArrayList<>());
      }
      List<Hash> below = levels.get(level);
      List<Hash> above = levels.get(level + 1);
      // A new level begins with its first node, whatever changed.
      int parent = above.isEmpty() ? 0 : index / 2;
      int left = 2 * parent;
      Hash node =
          left + 1 < below.size()
              ? MerkleTree.node(below.get(left), below.get(left + 1))
              : below.get(left);
      if (parent == above.size()) {
        above.add(node);
      } else {
        above.set(parent, node);
      }
      index = parent;
    }
  }

  /// The hashes beside the wanted leaves, which with the leaves give the contract root.
  ///
  /// @param leaves distinct leaf numbers of the contract in rising order
  /// @param sectorNodes the subtrees of the sector of a root, as [SectorStore#nodes] has them
  /// @throws IllegalArgumentException if a leaf is not of this contract
  public List<Hash> siblings(long[] leaves, Function<Hash, MerkleProof.NodeSource> sectorNodes) {
    return MerkleProof.siblings((long) size() * Sector.LEAVES, leaves, nodes(sectorNodes));
  }

  /// The subtrees of the whole contract, valid as long as the tree is not written to.
  ///
  /// @param sectorNodes the subtrees of the sector of a root
  public MerkleProof.NodeSource nodes(Function<Hash, MerkleProof.NodeSource> sectorNodes) {
    return (first, count) -> {
      int sector = Math.toIntExact(first / Sector.LEAVES);
      if (count < Sector.LEAVES) {
        return sectorNodes.apply(sector(sector)).node(first % Sector.LEAVES, count);
      }
      long sectors = count / Sector.LEAVES;
      int level = Long.SIZE - Long.numberOfLeadingZeros(sectors - 1);
      return levels.get(level).get(sector >> level);
    };
  }
}
