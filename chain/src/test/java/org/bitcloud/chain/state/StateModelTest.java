package org.bitcloud.chain.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.Durability;
import org.bitcloud.store.KeyRange;
import org.bitcloud.store.MemoryMedium;
import org.bitcloud.store.MemoryStore;
import org.bitcloud.store.WriteBatch;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

/// The state beside a plain map for every block: forks, reorganisations, pruning, crashes.
final class StateModelTest {
  private static final List<Bytes> KEYS = StateKeys.all();

  /// A block: its overlay, what the state after it must be, and its ancestry. No two are equal,
  /// since each has an overlay of its own.
  private record Block(
      StateOverlay overlay, Map<Bytes, Bytes> entries, Height height, Optional<Block> parent) {}

  /// One run: a store with state, the committed line, and other blocks that grow on it.
  private static final class World {
    private final Choices choices;
    private final long depth;
    private final MemoryMedium medium = new MemoryMedium();
    private MemoryStore store;
    private StateStore state;
    private List<Block> line = new ArrayList<>();
    private List<Block> forks = new ArrayList<>();
    private long highest;

    World(Choices choices) {
      this.choices = choices;
      this.depth = choices.between(1, 6);
      open();
      StateOverlay genesis = state.head().child();
      Map<Bytes, Bytes> entries = new HashMap<>();
      write(genesis, entries);
      Block first = new Block(genesis, entries, Height.of(choices.below(3)), Optional.empty());
      genesis.seal();
      commit(List.of(first));
    }

    private void open() {
      store = MemoryStore.open(medium, StateStore.columns());
      StateOptions options =
          StateOptions.DEFAULT
              .withUndoDepth(depth)
              .withCacheBytes(choices.below(40_000))
              .withReplayMax(choices.below(8));
      state = StateStore.open(store, options);
    }

    private void write(StateOverlay overlay, Map<Bytes, Bytes> entries) {
      int writes = choices.between(0, 25);
      for (int i = 0; i < writes; i++) {
        Bytes key = choices.pick(KEYS);
        assertEquals(entries.get(key), overlay.get(key));
        if (choices.oneIn(3)) {
          overlay.delete(key);
          entries.remove(key);
        } else {
          Bytes value = Bytes.wrap(choices.bytesUpTo(2));
          overlay.put(key, value);
          entries.put(key, value);
        }
        assertEquals(entries.get(key), overlay.get(key));
      }
    }

    private Block tip() {
      return line.getLast();
    }

    private void grow() {
      List<Block> all = new ArrayList<>(forks);
      all.addAll(line.subList(Math.max(0, line.size() - 4), line.size()));
      // After a restart nothing is left of what lies deeper.
      all.removeIf(block -> block.height.isBefore(state.oldest()));
      Block parent = choices.pick(all);
      StateOverlay overlay = parent.overlay.child();
      Map<Bytes, Bytes> entries = new HashMap<>(parent.entries);
      write(overlay, entries);
      assertEquals(NaiveTree.root(entries), overlay.seal());
      forks.add(new Block(overlay, entries, parent.height.next(), Optional.of(parent)));
    }

    /// Moves the head to a block on any branch, in one batch.
    private void switchTo(Block target) {
      List<Block> ups = new ArrayList<>();
      Block at = target;
      while (!line.contains(at)) {
        ups.addFirst(at);
        at = at.parent.orElseThrow();
      }
      int downs = line.size() - 1 - line.indexOf(at);
      if (downs > state.height().minus(state.oldest())) {
        return;
      }
      WriteBatch batch = new WriteBatch();
      for (int i = 0; i < downs; i++) {
        state.revert(batch);
        forks.add(line.removeLast());
        assertEquals(NaiveTree.root(tip().entries), state.root());
      }
      stage(ups, batch);
      store.write(batch, Durability.SYNC);
    }

    private void commit(List<Block> blocks) {
      WriteBatch batch = new WriteBatch();
      stage(blocks, batch);
      store.write(batch, Durability.SYNC);
    }

    private void stage(List<Block> blocks, WriteBatch batch) {
      for (Block block : blocks) {
        state.commit(block.overlay, block.height, batch);
        line.add(block);
        highest = Math.max(highest, block.height.value());
        forks.remove(block);
      }
    }

    /// Ends everything without a word and opens again; forks are gone.
    private void restart() {
      medium.crash();
      open();
      List<Block> after = new ArrayList<>();
      for (Block block : line) {
        StateOverlay overlay =
            block.height.isBefore(state.oldest()) ? block.overlay : state.at(block.height);
        Optional<Block> parent = after.isEmpty() ? Optional.empty() : Optional.of(after.getLast());
        after.add(new Block(overlay, block.entries, block.height, parent));
      }
      forks = new ArrayList<>();
      line = after;
    }

    private void check() throws MalformedException {
      assertEquals(tip().height, state.height());
      assertEquals(NaiveTree.root(tip().entries), state.root());
      assertEquals(state.root(), state.recomputeRoot());
      List<Block> all = new ArrayList<>(forks);
      all.add(tip());
      for (Block block : all) {
        Bytes key = choices.pick(KEYS);
        assertEquals(block.entries.get(key), block.overlay.get(key));
        checkProof(block.overlay.prove(key), block, key);
      }
      try (StateView view = state.view()) {
        assertEquals(new TreeMap<>(tip().entries), scanned(view));
      }
    }

    private static Map<Bytes, Bytes> scanned(StateView view) {
      TreeMap<Bytes, Bytes> entries = new TreeMap<>();
      try (Cursor cursor = view.scan(KeyRange.ALL)) {
        while (cursor.next()) {
          assertTrue(entries.isEmpty() || entries.lastKey().compareTo(cursor.key()) < 0);
          entries.put(cursor.key(), cursor.value());
        }
      }
      return entries;
    }

    private static void checkProof(StateProof proof, Block block, Bytes key)
        throws MalformedException {
      Hash root = NaiveTree.root(block.entries);
      StateProof read = StateProof.decode(proof.encode());
      assertEquals(proof, read);
      assertEquals(Optional.ofNullable(block.entries.get(key)), read.verify(root, key));
    }

    private void checkHistory() {
      // What a longer branch pushed out of reach does not come back with a shorter one.
      long reachable = Math.max(line.getFirst().height.value(), highest - depth);
      assertTrue(state.oldest().value() <= reachable);
      for (Block block : line) {
        if (block.height.isBefore(state.oldest())) {
          UnreachableHeightException failure =
              assertThrows(
                  UnreachableHeightException.class, () -> state.view(block.height).close());
          assertEquals(state.oldest(), failure.oldest());
          assertThrows(UnreachableHeightException.class, () -> unused(state.at(block.height)));
          continue;
        }
        try (StateView view = state.view(block.height)) {
          assertEquals(NaiveTree.root(block.entries), view.root());
          for (Bytes key : KEYS) {
            assertEquals(block.entries.get(key), view.get(key));
          }
          assertEquals(new TreeMap<>(block.entries), scanned(view));
        }
        assertEquals(NaiveTree.root(block.entries), state.at(block.height).root());
      }
    }
  }

  private static void unused(Object ignored) {}

  @Test
  void stateEqualsTheModelThroughForksReorganisationsAndCrashes() {
    Property.named("state equals the model")
        .runs(60)
        .check(
            choices -> {
              World world = new World(choices);
              int steps = choices.between(1, 40);
              for (int i = 0; i < steps; i++) {
                switch (choices.below(8)) {
                  case 0, 1, 2, 3 -> world.grow();
                  case 4, 5, 6 -> {
                    if (!world.forks.isEmpty()) {
                      world.switchTo(choices.pick(world.forks));
                    }
                  }
                  default -> {
                    if (choices.oneIn(3)) {
                      world.restart();
                    }
                  }
                }
                world.check();
              }
              world.checkHistory();
            });
  }
}
