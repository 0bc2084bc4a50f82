package org.bitcloud.chain.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

final class BinaryMerkleCommitmentTest {
  private static final BinaryMerkleCommitment TREE = new BinaryMerkleCommitment();

  /// Nodes kept as their stored bytes, so that every read decodes.
  private static final class StoredNodes implements StateCommitment.Nodes {
    private final Map<Bytes, Bytes> stored = new HashMap<>();

    @Override
    public StateCommitment.Node get(Bytes position) {
      Bytes encoded = stored.get(position);
      try {
        return encoded == null ? null : TREE.decode(position, encoded);
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    }

    void set(Bytes position, StateDelta.NodeChange change) {
      StateCommitment.Node after = change.after();
      if (after == null) {
        delete(position);
      } else {
        put(position, after);
      }
    }

    @Override
    public void put(Bytes position, StateCommitment.Node node) {
      stored.put(position, node.encode());
    }

    @Override
    public void delete(Bytes position) {
      stored.remove(position);
    }
  }

  /// A hash that shares a long prefix with few others: bits of one of four patterns, then noise.
  private static Hash keyHash(Choices choices) {
    byte[] bytes = new byte[Hash.SIZE];
    byte pattern = (byte) choices.pick(List.of(0x00, 0xff, 0x5a)).intValue();
    java.util.Arrays.fill(bytes, pattern);
    int differing = choices.below(3);
    for (int i = 0; i < differing; i++) {
      int bit = choices.below(256);
      bytes[bit / 8] ^= (byte) (1 << (7 - bit % 8));
    }
    if (choices.flip()) {
      bytes[choices.below(3)] = (byte) choices.below(256);
    }
    return Hash.of(bytes);
  }

  private static Hash valueHash(int number) {
    byte[] bytes = new byte[Hash.SIZE];
    bytes[0] = (byte) number;
    bytes[31] = 1;
    return Hash.of(bytes);
  }

  private static void apply(StoredNodes nodes, Map<Hash, Hash> model, Choices choices) {
    TreeMap<Hash, Hash> batch = new TreeMap<>();
    List<Hash> deletions = new ArrayList<>();
    int size = choices.between(0, 40);
    for (int i = 0; i < size; i++) {
      batch.put(keyHash(choices), valueHash(choices.below(200)));
    }
    for (Hash key : model.keySet()) {
      if (choices.oneIn(3)) {
        deletions.add(key);
      }
    }
    TreeMap<Hash, StateCommitment.Change> changes = new TreeMap<>();
    batch.forEach((key, value) -> changes.put(key, new StateCommitment.Change(key, value)));
    deletions.forEach(key -> changes.put(key, new StateCommitment.Change(key, null)));
    model.putAll(batch);
    model.keySet().removeAll(deletions);
    TREE.apply(nodes, List.copyOf(changes.values()), Workers.NONE);
  }

  private static Hash naiveRoot(Map<Hash, Hash> model) {
    List<NaiveTree.Leaf> leaves = new ArrayList<>();
    model.forEach((key, value) -> leaves.add(new NaiveTree.Leaf(key, value)));
    return NaiveTree.root(leaves);
  }

  @Test
  void rootEqualsTheDefinitionAfterEveryBatch() {
    Property.named("incremental root equals the definition")
        .runs(250)
        .check(
            choices -> {
              StoredNodes nodes = new StoredNodes();
              TreeMap<Hash, Hash> model = new TreeMap<>();
              int batches = choices.between(1, 12);
              for (int i = 0; i < batches; i++) {
                apply(nodes, model, choices);
                assertEquals(naiveRoot(model), TREE.root(nodes));
                List<StateCommitment.Change> all = new ArrayList<>();
                model.forEach((key, value) -> all.add(new StateCommitment.Change(key, value)));
                assertEquals(TREE.root(nodes), TREE.rootOf(all));
              }
            });
  }

  @Test
  void storedNodesDependOnTheEntriesAlone() {
    Property.named("the layout has no history")
        .runs(150)
        .check(
            choices -> {
              StoredNodes nodes = new StoredNodes();
              TreeMap<Hash, Hash> model = new TreeMap<>();
              for (int i = 0; i < 4; i++) {
                apply(nodes, model, choices);
              }
              StoredNodes fresh = new StoredNodes();
              List<StateCommitment.Change> all = new ArrayList<>();
              model.forEach((key, value) -> all.add(new StateCommitment.Change(key, value)));
              TREE.apply(fresh, all, Workers.NONE);
              assertEquals(fresh.stored, nodes.stored);
            });
  }

  @Test
  void deletingEverythingLeavesNothing() {
    Property.named("deleting everything leaves nothing")
        .runs(50)
        .check(
            choices -> {
              StoredNodes nodes = new StoredNodes();
              TreeMap<Hash, Hash> model = new TreeMap<>();
              apply(nodes, model, choices);
              apply(nodes, model, choices);
              List<StateCommitment.Change> all = new ArrayList<>();
              model.keySet().forEach(key -> all.add(new StateCommitment.Change(key, null)));
              TREE.apply(nodes, all, Workers.NONE);
              assertTrue(nodes.stored.isEmpty());
              assertEquals(Hash.ZERO, TREE.root(nodes));
              assertEquals(Hash.ZERO, TREE.rootOf(List.of()));
            });
  }

  @Test
  void hashesThatDifferInTheLastBitOnlyAreToldApart() {
    StoredNodes nodes = new StoredNodes();
    List<NaiveTree.Leaf> leaves = new ArrayList<>();
    List<StateCommitment.Change> changes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] bytes = new byte[Hash.SIZE];
      bytes[31] = (byte) i;
      leaves.add(new NaiveTree.Leaf(Hash.of(bytes), valueHash(i)));
      changes.add(new StateCommitment.Change(Hash.of(bytes), valueHash(i)));
    }
    TREE.apply(nodes, changes, Workers.NONE);
    assertEquals(NaiveTree.root(leaves), TREE.root(nodes));
  }

  @Test
  void damagedPagesAreRefused() {
    StoredNodes nodes = new StoredNodes();
    List<StateCommitment.Change> changes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] bytes = new byte[Hash.SIZE];
      bytes[2] = (byte) i;
      changes.add(new StateCommitment.Change(Hash.of(bytes), valueHash(i)));
    }
    TREE.apply(nodes, changes, Workers.NONE);
    assertTrue(nodes.stored.size() > 1);
    nodes.stored.forEach(
        (position, encoded) -> {
          for (int cut = 0; cut < encoded.size(); cut++) {
            Bytes shorter = encoded.slice(0, cut);
            assertThrows(MalformedException.class, () -> TREE.decode(position, shorter));
          }
          Bytes longer = Bytes.concat(encoded, Bytes.of((byte) 0));
          assertThrows(MalformedException.class, () -> TREE.decode(position, longer));
          byte[] foreign = encoded.toArray();
          foreign[0] = (byte) 0x90;
          assertThrows(MalformedException.class, () -> TREE.decode(position, Bytes.wrap(foreign)));
        });
    assertNull(nodes.get(Bytes.of((byte) 9, (byte) 9)));
  }

  @Test
  void manyWorkersGiveWhatOneGives() {
    List<StateCommitment.Change> all = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      all.add(new StateCommitment.Change(Sha256.hash(Bytes.ofUtf8("key" + i)), valueHash(i)));
    }
    all.sort(Comparator.comparing(StateCommitment.Change::keyHash));
    List<StateCommitment.Change> next =
        all.stream()
            .filter(change -> change.keyHash().bytes().unsigned(31) % 2 == 0)
            .map(change -> new StateCommitment.Change(change.keyHash(), null))
            .toList();
    StoredNodes alone = new StoredNodes();
    StoredNodes together = new StoredNodes();
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      for (List<StateCommitment.Change> changes : List.of(all, next)) {
        NodeChanges gathered = new NodeChanges(TREE, together);
        TREE.apply(gathered, changes, new Workers(pool, 4));
        gathered.changes().forEach(together::set);
        TREE.apply(alone, changes, Workers.NONE);
        assertEquals(alone.stored, together.stored);
      }
    }
    assertTrue(alone.stored.size() > 17, "pages below every slot of the topmost");
  }
}
