package org.bitcloud.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many bytes of whole records the manifest and the write-ahead logs of a database had when it
/// was last known, which is after opening and after closing. They only grow, and their names are
/// never used again: one that is shorter now was cut off, and not by a crash.
///
/// Kept in a file of lines `NAME BYTES` beside them, of which RocksDB takes no notice. Where it is
/// missing or makes no sense nothing is known.
///
/// @param bytes by name of file
record WrittenLengths(Map<String, Long> bytes) {
  private static final String FILE = "LENGTHS";
  private static final int FILE_BYTES_MAX = 1 << 16;
  private static final Pattern LINE = Pattern.compile("([A-Za-z0-9.-]{1,32}) (\\d{1,18})");

  /// Copies the map.
  WrittenLengths {
    bytes = Map.copyOf(bytes);
  }

  /// Reads what was known.
  static WrittenLengths read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    Map<String, Long> found = new HashMap<>();
    if (Files.isRegularFile(file) && Files.size(file) <= FILE_BYTES_MAX) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          found.put(matcher.group(1), Long.valueOf(matcher.group(2)));
        }
      }
    }
    return new WrittenLengths(found);
  }

  /// Whether more of a file was there before.
  boolean isCutOff(Path file, RecordLog.Content now) {
    return now.wholeBytes() < bytes.getOrDefault(file.getFileName().toString(), 0L);
  }

  /// Puts them in the place of what was known before, at once.
  void write(Path directory) throws IOException {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(bytes)
        .forEach((name, length) -> text.append(name).append(' ').append(length).append('\n'));
    Path fresh = directory.resolve(FILE + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer content = StandardCharsets.UTF_8.encode(text.toString());
      while (content.hasRemaining()) {
        int _ = channel.write(content);
      }
      channel.force(true);
    }
    Path _ = Files.move(fresh, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }
}
