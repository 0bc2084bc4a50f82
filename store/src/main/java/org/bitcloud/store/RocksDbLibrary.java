package org.bitcloud.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// The native half of RocksDB, which lies packed in its jar.
public final class RocksDbLibrary {
  private static final String NAME = "rocksdb";

  private RocksDbLibrary() {}

  /// Unpacks the library for this machine under the name by which `java.library.path` finds it.
  ///
  /// Without, each process that opens a database copies it to a temporary file first: 17 MB.
  ///
  /// @param folder exists, and does not have it yet
  /// @return the file
  /// @throws IOException where it cannot be written, or RocksDB does not know this machine
  public static Path unpack(Path folder) throws IOException {
    String resource = Environment.getJniLibraryFileName(NAME);
    Path file = folder.resolve(System.mapLibraryName(Environment.getSharedLibraryName(NAME)));
    try (InputStream in = Environment.class.getResourceAsStream("/" + resource)) {
      if (in == null) {
        throw new FileNotFoundException("no RocksDB for this machine: " + resource);
      }
      long _ = Files.copy(in, file);
    }
    return file;
  }

  /// Loads the library once in a process: from `java.library.path`, or out of its jar by way of a
  /// temporary file.
  ///
  /// @throws StoreException where neither works; the message names the temporary directory
  static void load() {
    try {
      RocksDB.loadLibrary();
    } catch (RuntimeException | UnsatisfiedLinkError e) { // its own wrapper; the system's refusal
      String why = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
      throw new StoreException(
          why.contains("No space left")
              ? StoreException.Kind.DISK_FULL
              : StoreException.Kind.ACCESS,
          "the database's library cannot be unpacked into %s and loaded: %s"
              .formatted(System.getProperty("java.io.tmpdir"), why),
          e);
    }
  }
}
