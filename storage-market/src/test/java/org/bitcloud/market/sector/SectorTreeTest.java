package org.bitcloud.market.sector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.merkle.MerkleTree;
import org.bitcloud.testkit.Property;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SectorTreeTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 1536, 32_768, 100_000, Sector.BYTES - 1, Sector.BYTES})
  void rootIsThatOfTheWholeSectorWithItsZeros(int size) {
    byte[] body = random(size);
    byte[] sector = Arrays.copyOf(body, Sector.BYTES);
    Hash whole = MerkleTree.rootOfChunks(sector, 0, Sector.BYTES, Sector.LEAF_BYTES);
    assertEquals(whole, SectorTree.rootOf(body));
  }

  @Test
  void aBodyThatTurnsOutShorterHasTheRootOfWhatThereIs() {
    byte[] body = random(77 * Sector.LEAF_BYTES);
    SectorTree tree = new SectorTree(Sector.LEAVES);
    tree.hash(40, body, 40 * Sector.LEAF_BYTES, 37);
    tree.hash(0, body, 0, 40);
    assertEquals(SectorTree.rootOf(body), tree.root(77));
  }

  @Test
  void everyRangeProvesItselfAndNothingElse() {
    byte[] body = random(300 * Sector.LEAF_BYTES);
    byte[] sector = Arrays.copyOf(body, Sector.BYTES);
    SectorTree tree = new SectorTree(300);
    tree.hash(0, body, 0, 300);
    Property.named("range proofs")
        .check(
            choices -> {
              int first = choices.between(0, choices.flip() ? 310 : Sector.LEAVES - 1);
              int count = choices.between(1, Math.min(70, Sector.LEAVES - first));
              Bytes data =
                  Bytes.copyOf(sector, first * Sector.LEAF_BYTES, count * Sector.LEAF_BYTES);
              SectorRange range = SectorTree.range(first, data, tree.nodes());
              assertTrue(range.proof().size() <= 2 * Sector.HEIGHT);
              SectorTree.verify(tree.root(), range);
              assertRefused(tree.root(), damaged(range, choices.below(data.size())));
              assertRefused(Hash.ZERO, range);
              if (!range.proof().isEmpty()) {
                List<Hash> proof = new ArrayList<>(range.proof());
                proof.set(choices.below(proof.size()), Hash.ZERO);
                assertRefused(tree.root(), new SectorRange(first, data, proof));
                proof.removeLast();
                assertRefused(tree.root(), new SectorRange(first, data, proof));
              }
              List<Hash> longer = new ArrayList<>(range.proof());
              longer.add(Hash.ZERO);
              assertRefused(tree.root(), new SectorRange(first, data, longer));
              if (first > 0 && first < 300) {
                assertRefused(tree.root(), new SectorRange(first - 1, data, range.proof()));
              }
            });
  }

  @Test
  void refusesRangesOutsideASector() {
    Bytes leaf = Bytes.wrap(new byte[512]);
    assertThrows(MalformedException.class, () -> SectorRange.ofUntrusted(8192, leaf, List.of()));
    assertThrows(MalformedException.class, () -> SectorRange.ofUntrusted(-1, leaf, List.of()));
    assertThrows(
        MalformedException.class, () -> SectorRange.ofUntrusted(0, leaf.slice(1), List.of()));
    assertThrows(
        MalformedException.class, () -> SectorRange.ofUntrusted(0, Bytes.EMPTY, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new SectorTree(8193));
    assertThrows(
        IndexOutOfBoundsException.class, () -> new SectorTree(3).hash(2, new byte[1024], 0, 2));
  }

  private static void assertRefused(Hash root, SectorRange range) {
    assertThrows(MalformedException.class, () -> SectorTree.verify(root, range));
  }

  private static SectorRange damaged(SectorRange range, int at) {
    byte[] data = range.data().toArray();
    data[at] ^= 4;
    return new SectorRange(range.firstLeaf(), Bytes.wrap(data), range.proof());
  }

  static byte[] random(int size) {
    byte[] bytes = new byte[size];
    Seeds.random(size).nextBytes(bytes);
    return bytes;
  }
}
