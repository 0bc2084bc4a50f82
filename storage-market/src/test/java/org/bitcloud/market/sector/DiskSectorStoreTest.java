package org.bitcloud.market.sector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskSectorStoreTest extends SectorStoreContract {
  private static final int BODY = 100 * Sector.LEAF_BYTES;

  @TempDir Path directory;
  private int stores;

  @Override
  SectorStore create(long capacitySectors) {
    return DiskSectorStore.open(directory.resolve("store-" + stores++), capacitySectors);
  }

  @Test
  void findsItsSectorsWhenOpenedAgain() {
    byte[] body = SectorTreeTest.random(BODY);
    Hash root = DiskSectorStore.open(directory, 5).put(body);
    DiskSectorStore store = DiskSectorStore.open(directory, 5);
    assertEquals(List.of(root), store.roots());
    assertEquals(1, store.usedSectors());
    store.scrub(root);
    assertTrue(store.freeBytes() > 0);
  }

  @Test
  void removesWhatACrashLeftAndIgnoresForeignFiles() throws IOException {
    Files.write(directory.resolve("3.part"), new byte[77]);
    Files.write(directory.resolve("notes.txt"), new byte[7]);
    Files.createDirectory(directory.resolve("lost+found"));
    DiskSectorStore store = DiskSectorStore.open(directory, 5);
    assertEquals(0, store.usedSectors());
    assertFalse(Files.exists(directory.resolve("3.part")));
    assertTrue(Files.exists(directory.resolve("notes.txt")));
  }

  @Test
  void aShortSectorTakesLittleRoom() throws IOException {
    Hash root = DiskSectorStore.open(directory, 5).put(new byte[] {1, 2, 3});
    assertEquals(8192 + 512 + 32, Files.size(directory.resolve(SectorFile.name(root))));
  }

  @Test
  void leavesNoTemporaryFileBehind() throws IOException {
    DiskSectorStore store = DiskSectorStore.open(directory, 5);
    try (SectorWriter writer = store.writer()) {
      writer.write(new byte[70_000], 0, 70_000);
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aFlippedBitAnywhereIsFound() throws IOException {
    byte[] body = SectorTreeTest.random(BODY);
    DiskSectorStore store = DiskSectorStore.open(directory, 5);
    Hash root = store.put(body);
    Path file = directory.resolve(SectorFile.name(root));
    byte[] sound = Files.readAllBytes(file);
    int headerEnd = 8 + 32 + 4 + 128 * 40 + 4;
    for (int at = 0; at < sound.length; at = at == headerEnd - 1 ? 8192 : at + 211) {
      if (at > headerEnd && at < 8192) {
        at = 8192;
      }
      byte[] damaged = sound.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      CorruptSectorException found =
          assertThrows(CorruptSectorException.class, () -> store.scrub(root), "byte " + at);
      assertEquals(root, found.root());
      assertTrue(found.getMessage().contains(root.toHex()));
    }
    Files.write(file, sound);
    store.scrub(root);
  }

  @Test
  void damageIsFoundByTheReadThatMeetsItAndHealsWhenPutAgain() throws IOException {
    byte[] body = SectorTreeTest.random(BODY);
    DiskSectorStore store = DiskSectorStore.open(directory, 5);
    Hash root = store.put(body);
    Path file = directory.resolve(SectorFile.name(root));
    byte[] damaged = Files.readAllBytes(file);
    damaged[8192 + 70 * Sector.LEAF_BYTES] ^= 1;
    Files.write(file, damaged);
    assertEquals(10, store.read(root, 0, 10).leafCount());
    assertThrows(CorruptSectorException.class, () -> store.read(root, 60, 8));
    assertThrows(CorruptSectorException.class, () -> store.read(root, 69, 3));
    assertEquals(root, store.put(body));
    assertEquals(1, store.usedSectors());
    store.scrub(root);
  }

  @Test
  void aFileCutShortOrSwappedIsFound() throws IOException {
    DiskSectorStore store = DiskSectorStore.open(directory, 5);
    Hash root = store.put(SectorTreeTest.random(BODY));
    Hash other = store.put(SectorTreeTest.random(BODY / 2));
    Path file = directory.resolve(SectorFile.name(root));
    byte[] sound = Files.readAllBytes(file);
    for (int size : new int[] {0, 100, 8191, 8192, sound.length - 1}) {
      Files.write(file, Arrays.copyOf(sound, size));
      assertThrows(CorruptSectorException.class, () -> store.read(root, 0, 1), "size " + size);
    }
    Files.write(file, Files.readAllBytes(directory.resolve(SectorFile.name(other))));
    assertThrows(CorruptSectorException.class, () -> store.read(root, 0, 1));
    Files.delete(file);
    assertThrows(SectorMissingException.class, () -> store.read(root, 0, 1));
  }

  @Test
  void saysWhichDirectoryCannotBeUsed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    SectorStoreException refused =
        assertThrows(SectorStoreException.class, () -> DiskSectorStore.open(file, 1));
    assertTrue(refused.getMessage().contains(file.toString()));
  }
}
