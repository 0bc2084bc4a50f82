package org.bitcloud.market.sector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.merkle.MerkleProof;
import org.bitcloud.primitives.merkle.MerkleTree;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

final class ContractTreeTest {
  @Test
  void noSectorsHaveTheZeroRoot() {
    ContractTree tree = new ContractTree();
    assertEquals(Hash.ZERO, tree.root());
    tree.append(sector(1));
    assertEquals(sector(1), tree.root());
    tree.truncate(0);
    assertEquals(Hash.ZERO, tree.root());
    assertEquals(0, tree.size());
    assertThrows(IllegalArgumentException.class, () -> tree.truncate(1));
  }

  @Test
  void everyChangeLeadsToTheRootOfTheList() {
    Property.named("contract tree changes")
        .check(
            choices -> {
              ContractTree tree = new ContractTree();
              List<Hash> model = new ArrayList<>();
              for (int step = 0; step < 40; step++) {
                change(choices, tree, model);
                assertEquals(model, tree.sectors());
                assertEquals(MerkleTree.root(model), tree.root());
              }
            });
  }

  private static void change(Choices choices, ContractTree tree, List<Hash> model) {
    int kind = model.isEmpty() ? 0 : choices.below(6);
    switch (kind) {
      case 3 -> {
        int index = choices.below(model.size());
        Hash sector = sector(choices.between(0, 1000));
        tree.set(index, sector);
        model.set(index, sector);
      }
      case 4 -> {
        int one = choices.below(model.size());
        int other = choices.below(model.size());
        tree.swap(one, other);
        Collections.swap(model, one, other);
      }
      case 5 -> {
        int size = choices.between(0, model.size());
        tree.truncate(size);
        model.subList(size, model.size()).clear();
      }
      default -> {
        Hash sector = sector(choices.between(0, 1000));
        tree.append(sector);
        model.add(sector);
      }
    }
  }

  @Test
  void leavesOfAnySectorsProveThemselvesTogether() {
    Property.named("contract multi-proofs")
        .runs(50)
        .check(
            choices -> {
              int sectors = choices.between(1, 9);
              Map<Hash, SectorTree> trees = new HashMap<>();
              ContractTree tree = new ContractTree();
              for (int i = 0; i < sectors; i++) {
                SectorTree sector = sectorTree(i);
                trees.put(sector.root(), sector);
                tree.append(sector.root());
              }
              TreeSet<Long> wanted = new TreeSet<>();
              for (int i = choices.between(1, 20); i > 0; i--) {
                int leaf = choices.flip() ? choices.below(4) : choices.below(Sector.LEAVES);
                wanted.add((long) choices.below(sectors) * Sector.LEAVES + leaf);
              }
              long[] leaves = wanted.stream().mapToLong(Long::longValue).toArray();
              List<Hash> siblings = tree.siblings(leaves, root -> trees.get(root).nodes());
              List<Hash> hashes =
                  wanted.stream()
                      .map(
                          leaf -> {
                            Hash root = tree.sector((int) (leaf / Sector.LEAVES));
                            return trees.get(root).node((int) (leaf % Sector.LEAVES), 0);
                          })
                      .toList();
              long count = (long) sectors * Sector.LEAVES;
              assertEquals(tree.root(), MerkleProof.root(count, leaves, hashes, siblings));
            });
  }

  private static SectorTree sectorTree(int seed) {
    byte[] body = SectorTreeTest.random((seed + 1) * Sector.LEAF_BYTES);
    SectorTree tree = new SectorTree(seed + 1);
    tree.hash(0, body, 0, seed + 1);
    return tree;
  }

  private static Hash sector(int seed) {
    byte[] bytes = new byte[Hash.SIZE];
    bytes[0] = (byte) seed;
    bytes[1] = (byte) (seed >> 8);
    bytes[31] = 1;
    return Hash.of(bytes);
  }
}
