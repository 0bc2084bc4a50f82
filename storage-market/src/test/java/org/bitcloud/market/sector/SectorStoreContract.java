package org.bitcloud.market.sector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.merkle.MerkleProof;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [SectorStore] must do.
abstract class SectorStoreContract {
  /// A new empty store.
  abstract SectorStore create(long capacitySectors);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 512, 513, 32_768, 32_769, 100_000, Sector.BYTES})
  void givesBackWhatWasPutWithItsProof(int size) throws MalformedException {
    byte[] body = SectorTreeTest.random(size);
    byte[] sector = Arrays.copyOf(body, Sector.BYTES);
    try (SectorStore store = create(2)) {
      Hash root = store.put(body);
      assertEquals(SectorTree.rootOf(body), root);
      assertTrue(store.contains(root));
      assertEquals(Sector.leavesFor(size), store.bodyLeaves(root));
      assertEquals(List.of(root), store.roots());
      int last = Math.max(0, Sector.leavesFor(size) - 1);
      for (int[] range :
          new int[][] {
            {0, 1},
            {last, 1},
            {last, Math.min(3, Sector.LEAVES - last)},
            {8191, 1},
            {Math.max(0, last - 70), 70},
            {0, Sector.LEAVES}
          }) {
        SectorRange read = store.read(root, range[0], range[1]);
        assertEquals(
            Bytes.copyOf(sector, range[0] * Sector.LEAF_BYTES, range[1] * Sector.LEAF_BYTES),
            read.data());
        SectorTree.verify(root, read);
      }
      store.scrub(root);
    }
  }

  @Test
  void anyRangeComesWithAValidProof() {
    byte[] body = SectorTreeTest.random(200_000);
    try (SectorStore store = create(1)) {
      Hash root = store.put(body);
      Property.named("store ranges")
          .check(
              choices -> {
                int first = choices.between(0, choices.flip() ? 400 : Sector.LEAVES - 1);
                int count = choices.between(1, Math.min(200, Sector.LEAVES - first));
                SectorTree.verify(root, store.read(root, first, count));
              });
    }
  }

  @Test
  void subtreesAreThoseOfTheSector() {
    byte[] body = SectorTreeTest.random(70 * Sector.LEAF_BYTES);
    SectorTree tree = new SectorTree(70);
    tree.hash(0, body, 0, 70);
    try (SectorStore store = create(1)) {
      MerkleProof.NodeSource nodes = store.nodes(store.put(body));
      for (int height = 0; height <= Sector.HEIGHT; height++) {
        int count = 1 << height;
        for (int first = 0; first < Math.min(Sector.LEAVES, 256); first += count) {
          assertEquals(tree.nodes().node(first, count), nodes.node(first, count));
        }
      }
    }
  }

  @Test
  void piecesOfAnySizeMakeTheSameSector() {
    byte[] body = SectorTreeTest.random(150_001);
    try (SectorStore store = create(2)) {
      Property.named("written in pieces")
          .runs(20)
          .check(
              choices -> {
                try (SectorWriter writer = store.writer()) {
                  int at = 0;
                  while (at < body.length) {
                    int part = Math.min(choices.between(0, 60_000), body.length - at);
                    writer.write(body, at, part);
                    at += part;
                  }
                  writer.commit(SectorTree.rootOf(body));
                }
              });
      assertEquals(1, store.usedSectors());
    }
  }

  @Test
  void whatIsNotAnnouncedIsNotKept() {
    try (SectorStore store = create(1)) {
      try (SectorWriter writer = store.writer()) {
        writer.write(new byte[] {1, 2, 3}, 0, 3);
        assertThrows(SectorMismatchException.class, () -> writer.commit(Hash.ZERO));
        assertThrows(IllegalStateException.class, writer::commit);
      }
      assertEquals(0, store.usedSectors());
      assertEquals(List.of(), store.roots());
      // The room of the writer is free again.
      assertTrue(store.contains(store.put(new byte[] {1})));
    }
  }

  @Test
  void whatIsNotCommittedIsNotKept() {
    try (SectorStore store = create(1)) {
      for (int i = 0; i < 3; i++) {
        try (SectorWriter writer = store.writer()) {
          writer.write(new byte[100_000], 0, 100_000);
        }
      }
      assertEquals(List.of(), store.roots());
      SectorWriter closed = store.writer();
      closed.close();
      closed.close();
      assertThrows(IllegalStateException.class, () -> closed.write(new byte[1], 0, 1));
      assertTrue(store.contains(store.put(new byte[] {1})));
    }
  }

  @Test
  void refusesMoreThanASector() {
    try (SectorStore store = create(1);
        SectorWriter writer = store.writer()) {
      writer.write(new byte[Sector.BYTES], 0, Sector.BYTES);
      assertThrows(IllegalArgumentException.class, () -> writer.write(new byte[1], 0, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> writer.write(new byte[1], 0, 2));
    }
  }

  @Test
  void takesNoMoreThanItsCapacity() {
    try (SectorStore store = create(2)) {
      Hash first = store.put(new byte[] {1});
      store.put(new byte[] {1});
      store.put(new byte[] {2});
      assertEquals(2, store.usedSectors());
      assertEquals(2, store.capacitySectors());
      assertThrows(StoreFullException.class, store::writer);
      assertTrue(store.delete(first));
      try (SectorWriter writer = store.writer()) {
        // A writer on its way counts.
        assertThrows(StoreFullException.class, store::writer);
        writer.commit();
      }
      assertEquals(2, store.usedSectors());
      assertTrue(store.freeBytes() >= 0);
    }
  }

  @Test
  void deletedSectorsAreGone() {
    try (SectorStore store = create(3)) {
      Hash root = store.put(new byte[] {7});
      assertTrue(store.delete(root));
      assertFalse(store.delete(root));
      assertFalse(store.contains(root));
      assertThrows(SectorMissingException.class, () -> store.read(root, 0, 1));
      assertThrows(SectorMissingException.class, () -> store.nodes(root));
      assertThrows(SectorMissingException.class, () -> store.scrub(root));
      assertThrows(SectorMissingException.class, () -> store.bodyLeaves(root));
      assertEquals(root, store.put(new byte[] {7}));
    }
  }

  @Test
  void refusesRangesThatAreNone() {
    try (SectorStore store = create(1)) {
      Hash root = store.put(new byte[] {7});
      assertThrows(IllegalArgumentException.class, () -> store.read(root, 8192, 1));
      assertThrows(IllegalArgumentException.class, () -> store.read(root, 0, 0));
      assertThrows(IllegalArgumentException.class, () -> store.read(root, -1, 2));
      assertThrows(IllegalArgumentException.class, () -> store.read(root, 1, 8192));
    }
  }

  @Test
  void manyThreadsPutReadAndDeleteTheSameSectors() throws Exception {
    try (SectorStore store = create(64);
        ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int offset = thread;
        tasks.add(pool.submit(() -> churn(store, offset)));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
      assertEquals(store.roots().size(), store.usedSectors());
      store.roots().forEach(store::delete);
      for (int i = 0; i < 64; i++) {
        store.put(new byte[] {1, (byte) i});
      }
      assertThrows(StoreFullException.class, store::writer);
    }
  }

  private static void churn(SectorStore store, int offset) {
    for (int i = 0; i < 40; i++) {
      byte[] body = {(byte) ((i + offset) % 8)};
      Hash root = store.put(body);
      try {
        SectorTree.verify(root, store.read(root, 0, 2));
      } catch (SectorMissingException e) {
        // Another thread deleted it in between.
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
      if (i % 3 == 0) {
        store.delete(root);
      }
    }
  }
}
