package org.bitcloud.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.Sha256;

/// The entries that benchmarks of databases use, as large as accounts: 20 bytes of key, 40 of
/// value.
final class Entries {
  private Entries() {}

  /// The key of a number, looking random.
  static Bytes key(int number) {
    return Sha256.hash(ByteBuffer.allocate(4).putInt(number).array()).bytes().slice(0, 20);
  }

  static Bytes value(RandomGenerator random) {
    byte[] value = new byte[40];
    random.nextBytes(value);
    return Bytes.wrap(value);
  }

  /// Deletes a directory with all that is in it.
  static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
