package org.bitcloud.node.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder that goes when it is closed, with all that is in it.
///
/// @param path where it is
record ScratchFolder(Path path) implements AutoCloseable {
  /// Makes one in a folder that exists, so that it is on the same disk.
  static ScratchFolder in(Path folder) throws IOException {
    return new ScratchFolder(Files.createTempDirectory(folder, "scratch-"));
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
