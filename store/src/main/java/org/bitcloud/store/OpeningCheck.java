package org.bitcloud.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the files from which RocksDB learns what a database holds, before RocksDB acts on them.
///
/// RocksDB notices most damage itself. But on some it never returns (a record of the manifest whose
/// type was changed to that of a recycled file), and some it takes for what a crash tore: then it
/// goes on without the rest, and deletes the files that only the rest names.
///
/// A crash may tear the last record of a manifest or of a log, since it was not yet synced. Hence a
/// torn end is no damage by itself; it is where more was there before, see [WrittenLengths].
final class OpeningCheck {
  private static final String CURRENT = "CURRENT";
  private static final Pattern MANIFEST = Pattern.compile("MANIFEST-\\d{1,20}");
  private static final Pattern LOG = Pattern.compile("\\d{1,20}\\.log");
  private static final Pattern DATA = Pattern.compile(".*\\.sst|" + MANIFEST + "|" + LOG);
  private static final int NAME_BYTES = 64;

  private OpeningCheck() {}

  /// Makes the directory if it is missing. Checks `CURRENT`, the manifest that it names, and the
  /// write-ahead logs.
  ///
  /// @throws CorruptStoreException if one is damaged, cut off or missing
  /// @throws StoreException if the directory cannot be used
  static void run(Path directory) {
    try {
      Files.createDirectories(directory);
      if (!Files.isWritable(directory)) {
        throw new IOException("not writable");
      }
      if (Files.exists(directory.resolve(CURRENT))) {
        checkFiles(directory);
      } else {
        checkNothingLeft(directory);
      }
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.ACCESS, "the directory " + directory + " cannot be used", e);
    }
  }

  /// RocksDB would start afresh beside the files of a database whose entry point is gone.
  private static void checkNothingLeft(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      if (files.anyMatch(file -> DATA.matcher(file.getFileName().toString()).matches())) {
        throw new CorruptStoreException(
            "the directory " + directory + " holds data but its file CURRENT is missing", null);
      }
    }
  }

  private static void checkFiles(Path directory) throws IOException {
    WrittenLengths before = WrittenLengths.read(directory);
    Path manifest = manifest(directory);
    if (!Files.exists(manifest)) {
      throw new CorruptStoreException("the file " + manifest + " is missing", null);
    }
    check(manifest, before);
    for (Path log : logs(directory)) {
      check(log, before);
    }
  }

  private static void check(Path file, WrittenLengths before) throws IOException {
    RecordLog.Content content = RecordLog.read(file);
    if (content.end() == RecordLog.End.DAMAGED) {
      throw new CorruptStoreException("the file " + file + " is damaged", null);
    }
    if (before.isCutOff(file, content)) {
      throw new CorruptStoreException("the file " + file + " is cut off", null);
    }
  }

  /// Makes sure that the manifest is on disk, and notes how long it is for the next [#run]; so for
  /// the logs, where nobody writes to them any more.
  ///
  /// Where this fails, on a full disk for one, the next run knows of older files only: it notices
  /// less damage then, and refuses nothing that is whole.
  static void remember(Path directory, boolean closed) {
    try {
      lengths(directory, closed).write(directory);
    } catch (IOException e) {
      return;
    }
  }

  private static WrittenLengths lengths(Path directory, boolean closed) throws IOException {
    List<Path> files = new ArrayList<>(closed ? logs(directory) : List.of());
    files.add(manifest(directory));
    Map<String, Long> bytes = new HashMap<>();
    for (Path file : files) {
      bytes.put(file.getFileName().toString(), RecordLog.read(file).wholeBytes());
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    return new WrittenLengths(bytes);
  }

  private static Path manifest(Path directory) throws IOException {
    Path current = directory.resolve(CURRENT);
    String name;
    try (InputStream in = Files.newInputStream(current)) {
      name = new String(in.readNBytes(NAME_BYTES), StandardCharsets.UTF_8).strip();
    }
    if (!MANIFEST.matcher(name).matches()) {
      throw new CorruptStoreException("the file " + current + " is damaged", null);
    }
    return directory.resolve(name);
  }

  private static List<Path> logs(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> LOG.matcher(file.getFileName().toString()).matches()).toList();
    }
  }
}
