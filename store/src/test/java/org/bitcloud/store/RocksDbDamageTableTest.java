package org.bitcloud.store;

import static org.bitcloud.store.StoreContract.COLUMNS;
import static org.bitcloud.store.StoreContract.LEFT;
import static org.bitcloud.store.StoreContract.b;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bitcloud.primitives.Bytes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// One database, and every kind of its files damaged in every way: each time opening or reading
/// says so, leaves the other files as they are, and the file put back brings back every entry.
final class RocksDbDamageTableTest {
  private static final int SORTED = 1_500;
  private static final int LOGGED = 500;
  private static final String MANIFEST = "MANIFEST-\\d+";
  private static final String CURRENT = "CURRENT";
  private static final String TABLE = "\\d+\\.sst";
  private static final String LOG = "\\d+\\.log";

  @TempDir private Path folder;

  private record Damage(String name, String file, UnaryOperator<byte[]> change) {}

  private static List<Damage> damages() {
    List<Damage> table = new ArrayList<>();
    for (String file : List.of(MANIFEST, CURRENT, TABLE)) {
      table.add(new Damage("empty", file, _ -> new byte[0]));
      table.add(new Damage("one byte left", file, c -> Arrays.copyOf(c, 1)));
      table.add(new Damage("half left", file, c -> Arrays.copyOf(c, c.length / 2)));
      table.add(new Damage("zeros", file, c -> new byte[c.length]));
    }
    for (String file : List.of(MANIFEST, TABLE)) {
      table.add(new Damage("last byte missing", file, c -> Arrays.copyOf(c, c.length - 1)));
      table.add(new Damage("bit in the middle", file, c -> flipped(c, c.length / 2)));
    }
    table.add(new Damage("first bit", MANIFEST, c -> flipped(c, 0)));
    table.add(new Damage("last bit", MANIFEST, c -> flipped(c, c.length - 1)));
    table.add(new Damage("last bit", TABLE, c -> flipped(c, c.length - 1)));
    table.add(new Damage("another name", CURRENT, c -> flipped(c, 3)));
    table.add(new Damage("another number", CURRENT, c -> flipped(c, c.length - 2)));
    table.add(new Damage("bit in the middle", LOG, c -> flipped(c, c.length / 2)));
    table.add(new Damage("first bit", LOG, c -> flipped(c, 0)));
    // The length of a record: the rest of the log then looks like one record that was torn.
    table.add(new Damage("length in the last block", LOG, c -> flipped(c, lastBlock(c) + 5)));
    table.add(new Damage("length in the first block", LOG, c -> flipped(c, 5)));
    return table;
  }

  private static byte[] flipped(byte[] content, int at) {
    byte[] changed = content.clone();
    changed[at] ^= 0x20;
    return changed;
  }

  private static int lastBlock(byte[] content) {
    return content.length >>> 15 << 15;
  }

  @TestFactory
  Stream<DynamicTest> everyDamageIsReportedAndLosesNothing() throws IOException {
    Path whole = folder.resolve("whole");
    fill(whole);
    return damages().stream()
        .map(
            damage ->
                DynamicTest.dynamicTest(
                    damage.file() + ": " + damage.name(), () -> check(whole, damage)));
  }

  private void check(Path whole, Damage damage) throws IOException {
    Path directory = Files.createTempDirectory(folder, "damaged");
    copy(whole, directory);
    Path file = file(directory, damage.file());
    byte[] content = Files.readAllBytes(file);
    Files.write(file, damage.change().apply(content));
    Map<String, byte[]> before = files(directory);
    CorruptStoreException failure =
        assertThrows(CorruptStoreException.class, () -> readEverything(directory));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("restore a backup"), message);
    assertTrue(message.contains(directory.toString()), message);
    if (!damage.file().equals(TABLE)) { // whose blocks are read when somebody asks
      Map<String, byte[]> after = files(directory);
      assertEquals(before.keySet(), after.keySet());
      before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    }
    Files.write(file, content);
    readEverything(directory);
  }

  // A process that died: sorted files for a part of the entries, a log for the others.
  private void fill(Path directory) throws IOException {
    Path living = folder.resolve("living");
    try (RocksDbStore store = open(living)) {
      put(store, 0, SORTED);
    }
    try (RocksDbStore store = open(living)) { // makes a sorted file of the log
      put(store, SORTED, SORTED + LOGGED);
      copy(living, directory);
    }
    Path log = file(directory, LOG);
    assertTrue(Files.size(log) > 1 << 15, "the log has more than one block");
    readEverything(copyOf(directory));
  }

  private static void put(RocksDbStore store, int from, int to) {
    for (int i = from; i < to; i++) {
      Bytes value = Bytes.wrap(new byte[100]);
      store.write(new WriteBatch().put(LEFT, b("key-%06d".formatted(i)), value), Durability.SYNC);
    }
  }

  private Path copyOf(Path directory) throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    copy(directory, copy);
    return copy;
  }

  private static void readEverything(Path directory) {
    try (RocksDbStore store = open(directory);
        Cursor cursor = store.range(LEFT, KeyRange.ALL, Order.ASCENDING)) {
      int count = 0;
      while (cursor.next()) {
        count++;
      }
      assertEquals(SORTED + LOGGED, count);
    }
  }

  private static RocksDbStore open(Path directory) {
    return RocksDbStore.open(directory, COLUMNS, StoreOptions.forMemory(0));
  }

  private static Path file(Path directory, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern))
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  /// The files that hold data, by name.
  private static Map<String, byte[]> files(Path directory) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches(String.join("|", MANIFEST, CURRENT, TABLE, LOG))) {
          found.put(name, Files.readAllBytes(file));
        }
      }
    }
    return found;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> !f.endsWith("LOCK")).toList()) {
        Path _ = Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
