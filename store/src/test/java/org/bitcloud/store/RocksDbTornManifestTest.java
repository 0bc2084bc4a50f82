package org.bitcloud.store;

import static org.bitcloud.store.StoreContract.COLUMNS;
import static org.bitcloud.store.StoreContract.LEFT;
import static org.bitcloud.store.StoreContract.b;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bitcloud.primitives.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ends of manifests: those that a crash tears are opened with every entry, others are refused.
final class RocksDbTornManifestTest {
  private static final String LENGTHS = "LENGTHS";
  private static final int VALUE_BYTES = 100_000;
  private static final int WRITES_MAX = 400;
  private static final StoreOptions SMALL = new StoreOptions(1 << 20, 1 << 20, 10, false, 64, 1);

  @TempDir private Path folder;
  private Path whole;
  private int entries;

  /// A database that has turned logs into sorted files while it was open, and deleted the logs.
  @BeforeEach
  void fill() throws IOException {
    whole = folder.resolve("whole");
    try (RocksDbStore store = open(whole)) {
      Path _ = Files.copy(whole.resolve(LENGTHS), folder.resolve(LENGTHS));
      while (names(whole, "\\d+\\.sst").size() < 3) {
        assertTrue(entries < WRITES_MAX, "no sorted files are made");
        Bytes value = Bytes.wrap(new byte[VALUE_BYTES]);
        store.write(new WriteBatch().put(LEFT, b("key-" + entries), value), Durability.SYNC);
        entries++;
      }
    }
  }

  private static RocksDbStore open(Path directory) {
    return RocksDbStore.open(directory, COLUMNS, SMALL);
  }

  private static List<Path> names(Path directory, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().matches(pattern)).toList();
    }
  }

  /// A copy with another manifest.
  private Path copy(byte[] manifest) throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    for (Path file : names(whole, "(?!LOCK).*")) {
      Path _ = Files.copy(file, copy.resolve(file.getFileName()));
    }
    Files.write(names(copy, "MANIFEST-\\d+").getFirst(), manifest);
    return copy;
  }

  private byte[] manifest() throws IOException {
    List<Path> manifests = names(whole, "MANIFEST-\\d+");
    assertEquals(1, manifests.size());
    return Files.readAllBytes(manifests.getFirst());
  }

  private static int count(Path directory) {
    try (RocksDbStore store = open(directory);
        Cursor cursor = store.range(LEFT, KeyRange.ALL, Order.ASCENDING)) {
      int count = 0;
      while (cursor.next()) {
        count++;
      }
      return count;
    }
  }

  @Test
  void recordThatNeverWasWrittenWholeIsLeftOut() throws IOException {
    byte[] manifest = manifest();
    // The beginning of a record of the right form, as a process leaves it that dies while writing.
    for (int length : List.of(1, 6, 7, 12)) {
      byte[] torn = Arrays.copyOf(manifest, manifest.length + length);
      System.arraycopy(manifest, 0, torn, manifest.length, length);
      Path directory = copy(torn);
      assertEquals(entries, count(directory));
      assertEquals(entries, count(directory));
    }
  }

  @Test
  void manifestCutOffAnywhereIsRefusedOrLosesNothing() throws IOException {
    byte[] manifest = manifest();
    int refused = 0;
    for (int length = manifest.length - 1; length >= 0; length -= 23) {
      Path directory = copy(Arrays.copyOf(manifest, length));
      // A process that died, and so did not say how long the file was at its end.
      forgetClosing(directory);
      try {
        assertEquals(entries, count(directory), "with " + length + " bytes of the manifest");
      } catch (CorruptStoreException e) {
        refused++;
      }
    }
    assertTrue(refused > manifest.length / 23 / 2, "only " + refused + " were refused");
  }

  private void forgetClosing(Path directory) throws IOException {
    Path _ =
        Files.copy(
            folder.resolve(LENGTHS),
            directory.resolve(LENGTHS),
            StandardCopyOption.REPLACE_EXISTING);
  }
}
