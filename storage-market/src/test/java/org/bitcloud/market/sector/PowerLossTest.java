package org.bitcloud.market.sector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.testkit.Choices;
import org.junit.jupiter.api.Test;

/// The power fails at every single operation on the disk, and everything not forced may be lost.
final class PowerLossTest {
  private static final List<Bytes> BODIES = List.of(body(1), body(40_000), body(513), body(70_000));

  /// What the store had promised when the power failed.
  private static final class Promises {
    final Set<Hash> stored = new HashSet<>();
    final Set<Hash> gone = new HashSet<>();
  }

  @Test
  void whatWasAcknowledgedSurvivesAndNothingIsEverHalfThere() {
    long operations = operationsOfTheWholeJob();
    assertTrue(operations > 40, "the job does too little: " + operations);
    for (long failure = 0; failure < operations; failure++) {
      for (long seed = 0; seed < 6; seed++) {
        Choices choices = Choices.ofSeed(seed * 1000 + failure);
        LossyDisk disk = new LossyDisk();
        disk.failAt(failure);
        Promises promises = new Promises();
        assertLosesPower(disk, promises);
        disk.restart(choices);
        assertKept(disk, promises, "failure at operation " + failure + ", seed " + seed);
      }
    }
  }

  @Test
  void theStoreGoesOnAfterEveryFailure() {
    LossyDisk disk = new LossyDisk();
    Promises promises = new Promises();
    for (long failure = 0; failure < 60; failure++) {
      disk.failAt(failure % 17);
      assertLosesPower(disk, promises);
      disk.restart(Choices.ofSeed(failure));
      assertKept(disk, promises, "round " + failure);
    }
  }

  private static long operationsOfTheWholeJob() {
    LossyDisk disk = new LossyDisk();
    disk.failAt(Long.MAX_VALUE);
    job(disk, new Promises());
    return disk.operations();
  }

  private static void assertLosesPower(LossyDisk disk, Promises promises) {
    try {
      job(disk, promises);
    } catch (SectorStoreException e) {
      assertInstanceOf(LossyDisk.PowerLoss.class, e.getCause());
      return;
    }
    throw new AssertionError("the power lasted");
  }

  /// Puts, replaces, gives up and deletes sectors, noting what the store has acknowledged.
  private static void job(LossyDisk disk, Promises promises) {
    DiskSectorStore store = DiskSectorStore.open(disk, 10);
    for (Bytes body : BODIES) {
      Hash root = SectorTree.rootOf(body.toArray());
      promises.gone.remove(root);
      store.put(body.toArray());
      promises.stored.add(root);
    }
    Hash again = SectorTree.rootOf(BODIES.getFirst().toArray());
    assertEquals(again, store.put(BODIES.getFirst().toArray()));
    try (SectorWriter writer = store.writer()) {
      writer.write(new byte[40_000], 0, 40_000);
    }
    Hash deleted = SectorTree.rootOf(BODIES.get(1).toArray());
    promises.stored.remove(deleted);
    assertTrue(store.delete(deleted));
    promises.gone.add(deleted);
    store.put(BODIES.get(2).toArray());
  }

  private static void assertKept(LossyDisk disk, Promises promises, String when) {
    DiskSectorStore store = DiskSectorStore.open(disk, 10);
    for (Hash root : promises.stored) {
      assertTrue(store.contains(root), when + ": an acknowledged sector is lost");
    }
    for (Hash root : promises.gone) {
      assertFalse(store.contains(root), when + ": a deleted sector came back");
    }
    for (Hash root : store.roots()) {
      store.scrub(root);
      assertNotNull(store.read(root, 0, Sector.LEAVES), when);
    }
    assertTrue(
        disk.list().stream().allMatch(SectorFile::isName), when + ": leftovers " + disk.list());
  }

  private static Bytes body(int size) {
    return Bytes.wrap(SectorTreeTest.random(size));
  }
}
