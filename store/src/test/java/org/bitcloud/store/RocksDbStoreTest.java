package org.bitcloud.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

final class RocksDbStoreTest extends StoreContract {
  @TempDir private Path folder;
  private int generation;
  private KeyValueStore current;

  @Override
  KeyValueStore open(List<Column> columns) {
    current = RocksDbStore.open(directory(), columns, StoreOptions.forMemory(0));
    return current;
  }

  /// The files as they are while the store is still open are what a killed process leaves.
  @Override
  void crash() {
    Path before = directory();
    generation++;
    copy(before, directory());
    current.close();
  }

  @Override
  void erase() {
    generation++;
  }

  private Path directory() {
    return folder.resolve("store-" + generation);
  }

  /// Copies all files, again and again until none came or went meanwhile.
  static void copy(Path from, Path to) {
    try {
      while (true) {
        List<Path> files = files(from);
        try {
          Files.createDirectories(to);
          for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName()));
          }
          if (files.equals(files(from))) {
            return;
          }
        } catch (NoSuchFileException e) {
          // The database deletes files in the background.
        }
        for (Path file : files(to)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
