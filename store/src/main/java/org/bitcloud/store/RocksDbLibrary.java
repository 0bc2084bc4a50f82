package org.bitcloud.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
