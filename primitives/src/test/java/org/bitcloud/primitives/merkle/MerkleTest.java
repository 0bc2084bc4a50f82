package org.bitcloud.primitives.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

final class MerkleTest {
  /// The leaves that Certificate Transparency's implementations test RFC 6962 with.
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  static List<Hash> leaves(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> MerkleTree.leaf(Bytes.ofUtf8("leaf " + i)))
        .toList();
  }

  /// The definition of RFC 6962, as it stands there.
  static Hash reference(List<Hash> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    return MerkleTree.node(
        reference(leaves.subList(0, left)), reference(leaves.subList(left, leaves.size())));
  }

  static MerkleProof.NodeSource nodes(List<Hash> leaves) {
    return (first, count) -> reference(leaves.subList((int) first, (int) (first + count)));
  }

  @Test
  void hasTheRootsOfCertificateTransparency() {
    List<Hash> leaves = new ArrayList<>();
    MerkleTree.Builder builder = new MerkleTree.Builder();
    for (int i = 0; i < LEAVES.size(); i++) {
      Bytes data = Vectors.hex(LEAVES.get(i));
      leaves.add(MerkleTree.leaf(data));
      builder.appendData(data.toArray(), 0, data.size());
      assertEquals("0x" + ROOTS.get(i), MerkleTree.root(leaves).toHex());
      assertEquals(MerkleTree.root(leaves), builder.root());
      assertEquals(i + 1, builder.count());
    }
  }

  @Test
  void hasTheProofsOfCertificateTransparency() throws MalformedException {
    List<Hash> leaves = LEAVES.stream().map(leaf -> MerkleTree.leaf(Vectors.hex(leaf))).toList();
    // The audit path of leaf 5 of 8, there from the leaf upwards, here from left to right.
    List<String> path =
        List.of(
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0");
    List<Hash> siblings = MerkleProof.siblings(8, new long[] {5}, nodes(leaves));
    assertEquals(
        path.stream().map(hash -> "0x" + hash).toList(),
        siblings.stream().map(Hash::toHex).toList());
    assertEquals(
        "0x" + ROOTS.get(7),
        MerkleProof.root(8, new long[] {5}, List.of(leaves.get(5)), siblings).toHex());
  }

  @Test
  void growsAsTheDefinitionSays() {
    assertEquals(Hash.ZERO, MerkleTree.root(List.of()));
    for (int count = 1; count <= 70; count++) {
      assertEquals(reference(leaves(count)), MerkleTree.root(leaves(count)));
    }
    byte[] data = Choices.ofSeed(1).bytes(1000);
    List<Hash> chunks = new ArrayList<>();
    for (int at = 0; at < 1000; at += 64) {
      chunks.add(MerkleTree.leaf(data, at, Math.min(64, 1000 - at)));
    }
    assertEquals(reference(chunks), MerkleTree.rootOfChunks(data, 0, 1000, 64));
    MerkleTree.Builder builder = new MerkleTree.Builder();
    chunks.forEach(chunk -> builder.append(chunk.toArray(), 0));
    assertEquals(reference(chunks), builder.root());
  }

  @Test
  void provesAnySetOfLeaves() {
    Property.named("merkle multi proof")
        .runs(300)
        .check(
            choices -> {
              int count = choices.between(1, 90);
              List<Hash> leaves = leaves(count);
              long[] wanted = wanted(choices, count);
              List<Hash> siblings = MerkleProof.siblings(count, wanted, nodes(leaves));
              List<Hash> proven = proven(leaves, wanted);
              Hash root = MerkleTree.root(leaves);
              assertEquals(root, MerkleProof.root(count, wanted, proven, siblings));
              boolean leaf = siblings.isEmpty() || choices.flip();
              List<Hash> tampered = new ArrayList<>(leaf ? proven : siblings);
              tampered.set(choices.below(tampered.size()), Hash.ZERO);
              assertNotEquals(
                  root,
                  leaf
                      ? MerkleProof.root(count, wanted, tampered, siblings)
                      : MerkleProof.root(count, wanted, proven, tampered));
            });
  }

  @Test
  void provesEveryRunAsItProvesScatteredLeaves() throws MalformedException {
    for (int count = 1; count <= 17; count++) {
      List<Hash> leaves = leaves(count);
      Hash root = MerkleTree.root(leaves);
      for (int first = 0; first < count; first++) {
        for (int length = 1; first + length <= count; length++) {
          long[] indices = IntStream.range(first, first + length).asLongStream().toArray();
          List<Hash> siblings = MerkleProof.siblings(count, first, length, nodes(leaves));
          assertEquals(MerkleProof.siblings(count, indices, nodes(leaves)), siblings);
          List<Hash> proven = leaves.subList(first, first + length);
          assertEquals(root, MerkleProof.root(count, first, length, proven, siblings));
          assertEquals(root, MerkleProof.root(count, indices, flat(proven), flat(siblings)));
          assertEquals(root, MerkleProof.root(count, first, length, flat(proven), flat(siblings)));
        }
      }
    }
  }

  @Test
  void refusesProofsOfTheWrongShape() {
    List<Hash> leaves = leaves(11);
    long[] wanted = {2, 7};
    List<Hash> siblings = MerkleProof.siblings(11, wanted, nodes(leaves));
    List<Hash> proven = proven(leaves, wanted);
    List<Hash> longer = new ArrayList<>(siblings);
    longer.add(Hash.ZERO);
    refused(11, wanted, proven, siblings.subList(1, siblings.size()));
    refused(11, wanted, proven, longer);
    refused(11, wanted, proven.subList(1, 2), siblings);
    refused(11, new long[] {7, 2}, proven, siblings);
    refused(11, new long[] {2, 2}, proven, siblings);
    refused(11, new long[] {2, 11}, proven, siblings);
    refused(11, new long[] {-1, 2}, proven, siblings);
    refused(11, new long[0], List.of(), List.of(MerkleTree.root(leaves)));
    refused(0, new long[] {0}, List.of(Hash.ZERO), List.of());
    refused(-5, new long[] {0}, List.of(Hash.ZERO), List.of());
    refused(Long.MAX_VALUE, new long[] {0}, List.of(Hash.ZERO), siblings);
    assertThrows(
        MalformedException.class,
        () -> MerkleProof.root(11, 0, 1, flat(proven).slice(0, 31), flat(siblings)));
    for (long[] run :
        new long[][] {
          {-1, 2}, {0, 0}, {10, 2}, {0, 12}, {Long.MAX_VALUE, 1}, {1, Long.MAX_VALUE}
        }) {
      assertThrows(
          MalformedException.class, () -> MerkleProof.root(11, run[0], run[1], proven, siblings));
      assertThrows(
          IllegalArgumentException.class,
          () -> MerkleProof.siblings(11, run[0], run[1], nodes(leaves)));
    }
  }

  @Test
  void needsNoMemoryForTreesOfAnySize() {
    // A proof of the right length in the largest tree gives some root; one short is refused.
    List<Hash> siblings = leaves(62);
    long last = MerkleProof.LEAVES_MAX - 1;
    assertEquals(
        62, MerkleProof.siblings(MerkleProof.LEAVES_MAX, last, 1, (f, c) -> Hash.ZERO).size());
    refused(MerkleProof.LEAVES_MAX, new long[] {last}, leaves(1), siblings.subList(0, 61));
  }

  private static void refused(long count, long[] wanted, List<Hash> leaves, List<Hash> siblings) {
    assertThrows(MalformedException.class, () -> MerkleProof.root(count, wanted, leaves, siblings));
  }

  private static long[] wanted(Choices choices, int count) {
    TreeSet<Long> wanted = new TreeSet<>();
    wanted.add((long) choices.below(count));
    int more = choices.between(0, 8);
    for (int i = 0; i < more; i++) {
      wanted.add((long) choices.below(count));
    }
    return wanted.stream().mapToLong(Long::longValue).toArray();
  }

  private static List<Hash> proven(List<Hash> leaves, long[] wanted) {
    List<Hash> proven = new ArrayList<>();
    for (long index : wanted) {
      proven.add(leaves.get((int) index));
    }
    return proven;
  }

  private static Bytes flat(List<Hash> hashes) {
    return Bytes.concat(hashes.stream().map(Hash::bytes).toArray(Bytes[]::new));
  }
}
