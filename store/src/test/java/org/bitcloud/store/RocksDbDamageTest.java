package org.bitcloud.store;

import static org.bitcloud.store.StoreContract.COLUMNS;
import static org.bitcloud.store.StoreContract.LEFT;
import static org.bitcloud.store.StoreContract.b;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bitcloud.primitives.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// Damaged, missing and foreign files under a RocksDB store.
final class RocksDbDamageTest {
  private static final int ENTRIES = 2_000;

  @TempDir private Path folder;
  private Path directory;

  @BeforeEach
  void fill() {
    directory = folder.resolve("store");
    // Closing leaves the entries in the write-ahead log; opening again makes a sorted file of them.
    try (RocksDbStore store = open()) {
      for (int i = 0; i < ENTRIES; i++) {
        store.write(
            new WriteBatch().put(LEFT, key(i), Bytes.wrap(new byte[100])), Durability.ASYNC);
      }
      store.write(new WriteBatch().put(LEFT, b("last"), b("one")), Durability.SYNC);
    }
  }

  private RocksDbStore open() {
    return RocksDbStore.open(directory, COLUMNS, StoreOptions.forMemory(0));
  }

  private static Bytes key(int i) {
    return b("key-%06d".formatted(i));
  }

  private Path file(String pattern) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern))
          .max(java.util.Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private static void flip(Path file, double where) throws IOException {
    byte[] content = Files.readAllBytes(file);
    int from = (int) (where * (content.length - 8));
    for (int i = from; i < from + 8; i++) {
      content[i] ^= 0x55;
    }
    Files.write(file, content);
  }

  private void readEverything() {
    try (RocksDbStore store = open();
        Cursor cursor = store.range(LEFT, KeyRange.ALL, Order.ASCENDING)) {
      int count = 0;
      while (cursor.next()) {
        count++;
      }
      assertEquals(ENTRIES + 1, count);
    }
  }

  private void assertFoundCorrupt() {
    CorruptStoreException failure = assertThrows(CorruptStoreException.class, this::readEverything);
    assertEquals(StoreException.Kind.CORRUPT, failure.kind());
    assertTrue(failure.getMessage().contains("restore a backup"), failure.getMessage());
    assertTrue(failure.getMessage().contains(directory.toString()), failure.getMessage());
  }

  @Test
  void undamagedStoreReadsBack() {
    readEverything();
    readEverything();
  }

  @Test
  void findsFlippedBytesInTheSortedFile() throws Exception {
    readEverything();
    byte[] whole = Files.readAllBytes(file(".*\\.sst"));
    // Not 0.9: there lies the filter, without which reads are slower but as true.
    for (double where : List.of(0.1, 0.3, 0.5, 0.7, 1.0)) {
      Path sorted = file(".*\\.sst");
      flip(sorted, where);
      assertFoundCorrupt();
      Files.write(sorted, whole);
    }
  }

  @Test
  void aDamagedEntryIsNeverReadAsAbsent() throws Exception {
    readEverything();
    flip(file(".*\\.sst"), 0.0);
    try (RocksDbStore store = open()) {
      List<Bytes> keys = List.of(key(0), key(ENTRIES - 1), b("nobody"));
      assertThrows(CorruptStoreException.class, () -> store.get(LEFT, keys.getFirst()));
      assertThrows(CorruptStoreException.class, () -> store.getAll(LEFT, keys));
      assertNull(store.getAll(LEFT, keys.subList(1, 3)).getLast());
    }
  }

  @Test
  void findsFlippedBytesInTheManifest() throws Exception {
    flip(file("MANIFEST-\\d+"), 0.5);
    assertFoundCorrupt();
  }

  @Test
  @Timeout(60)
  void comesToAnEndWhicheverBitOfTheManifestIsFlipped() throws Exception {
    readEverything();
    Path backup = folder.resolve("backup");
    copy(directory, backup);
    String name = file("MANIFEST-\\d+").getFileName().toString();
    byte[] whole = Files.readAllBytes(backup.resolve(name));
    int refused = 0;
    for (int at = 0; at < Math.min(whole.length, 300); at++) {
      directory = folder.resolve("flipped-" + at);
      copy(backup, directory);
      byte[] flipped = whole.clone();
      flipped[at] ^= 4;
      Files.write(directory.resolve(name), flipped);
      try {
        open().close();
      } catch (CorruptStoreException e) {
        refused++;
      }
    }
    assertTrue(refused > 250, "only " + refused + " were noticed");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Path _ = Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void findsFlippedBytesInsideTheWriteAheadLog() throws Exception {
    flip(file("\\d+\\.log"), 0.5);
    assertFoundCorrupt();
  }

  @Test
  void toleratesTheTornLastRecordThatCrashLeaves() throws Exception {
    Path crashed = folder.resolve("crashed");
    try (RocksDbStore store = open()) {
      store.write(new WriteBatch().put(LEFT, b("first"), b("of the log")), Durability.SYNC);
      store.write(new WriteBatch().put(LEFT, b("torn"), b("in two")), Durability.SYNC);
      copy(directory, crashed);
    }
    directory = crashed;
    Path log = file("\\d+\\.log");
    byte[] content = Files.readAllBytes(log);
    Files.write(log, java.util.Arrays.copyOf(content, content.length - 5));
    try (RocksDbStore store = open()) {
      assertNull(store.get(LEFT, b("torn")));
      assertEquals(b("of the log"), store.get(LEFT, b("first")));
      assertEquals(100, store.get(LEFT, key(ENTRIES - 1)).size());
    }
  }

  @Test
  void findsLogThatIsShorterThanWhenItWasClosed() throws Exception {
    Path log = file("\\d+\\.log");
    byte[] content = Files.readAllBytes(log);
    for (int cut : List.of(1, 60, content.length / 2, content.length)) {
      Files.write(log, java.util.Arrays.copyOf(content, content.length - cut));
      assertFoundCorrupt();
    }
    Files.write(log, content);
    readEverything();
  }

  @Test
  void findsMissingFiles() throws Exception {
    readEverything();
    Files.delete(file(".*\\.sst"));
    assertFoundCorrupt();
  }

  @Test
  void refusesToStartAfreshWhereTheEntryPointIsGone() throws Exception {
    Files.delete(directory.resolve("CURRENT"));
    assertFoundCorrupt();
  }

  @Test
  void directoryThatIsFileIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    StoreException failure =
        assertThrows(
            StoreException.class,
            () -> RocksDbStore.open(file, COLUMNS, StoreOptions.DEFAULT).close());
    assertEquals(StoreException.Kind.ACCESS, failure.kind());
  }

  @Test
  void namesTheRemedyOfEachFailure() {
    RocksDB.loadLibrary();
    Status full = new Status(Status.Code.IOError, Status.SubCode.NoSpace, "x");
    StoreException failure =
        RocksDbErrors.translated("writing", new RocksDBException("No space left on device", full));
    assertEquals(StoreException.Kind.DISK_FULL, failure.kind());
    assertTrue(failure.getMessage().contains("Free some space"), failure.getMessage());
    Status busy = new Status(Status.Code.Busy, Status.SubCode.None, "x");
    assertEquals(
        StoreException.Kind.FAILED,
        RocksDbErrors.translated("writing", new RocksDBException("busy", busy)).kind());
  }
}
