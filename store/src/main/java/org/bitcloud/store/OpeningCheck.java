package org.bitcloud.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the files from which RocksDB learns what a database holds, before RocksDB acts on them.
///
/// RocksDB notices most damage itself. But on some it never returns (a record of the manifest whose
/// type was changed to that of a recycled file), and some it takes for what a crash tore: then it
/// goes on without the rest, and deletes the files that only the rest names.
///
/// So a manifest must end with a whole record: RocksDB has each of them on disk before it relies on
/// it, and a power cut in that very moment is rarer than a bad disk. A write-ahead log may be torn
/// at its end, where nothing follows; every crash under load does that.
final class OpeningCheck {
  private static final Pattern MANIFEST = Pattern.compile("MANIFEST-\\d{1,20}");
  private static final Pattern LOG = Pattern.compile("\\d{1,20}\\.log");
  private static final int NAME_BYTES = 64;

  private OpeningCheck() {}

  /// Checks `CURRENT`, the manifest that it names, and the write-ahead logs.
  ///
  /// @throws CorruptStoreException if one is damaged, or the manifest is missing or cut off
  /// @throws IOException if one cannot be read
  static void run(Path directory) throws IOException {
    Path current = directory.resolve("CURRENT");
    String name;
    try (InputStream in = Files.newInputStream(current)) {
      name = new String(in.readNBytes(NAME_BYTES), StandardCharsets.UTF_8).strip();
    }
    if (!MANIFEST.matcher(name).matches()) {
      throw new CorruptStoreException("the file " + current + " is damaged", null);
    }
    Path manifest = directory.resolve(name);
    if (!Files.exists(manifest)) {
      throw new CorruptStoreException("the file " + manifest + " is missing", null);
    }
    switch (RecordLog.read(manifest)) {
      case WHOLE -> {
        // As RocksDB left it.
      }
      case TORN -> throw new CorruptStoreException("the file " + manifest + " is cut off", null);
      case DAMAGED -> throw new CorruptStoreException("the file " + manifest + " is damaged", null);
    }
    for (Path log : logs(directory)) {
      if (RecordLog.read(log) == RecordLog.End.DAMAGED) {
        throw new CorruptStoreException("the file " + log + " is damaged", null);
      }
    }
  }

  private static List<Path> logs(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> LOG.matcher(file.getFileName().toString()).matches()).toList();
    }
  }
}
