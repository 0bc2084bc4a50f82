package org.bitcloud.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A file that holds what a test must produce, byte for byte.
///
/// With `-Dgolden.update=true` the file is rewritten instead, to be looked at before it is
/// committed.
public final class Golden {
  private final Path path;

  private Golden(Path path) {
    this.path = path;
  }

  /// The file `src/test/resources/NAME` of the module whose tests run.
  public static Golden resource(String name) {
    return new Golden(Path.of("src", "test", "resources").resolve(name));
  }

  /// A file by its path, relative to the module whose tests run.
  public static Golden file(Path path) {
    return new Golden(path);
  }

  /// Compares text, as UTF-8.
  ///
  /// @throws AssertionError naming the first line that differs
  public void matches(String actual) {
    if (updated(actual.getBytes(StandardCharsets.UTF_8))) {
      return;
    }
    String expected = new String(content(), StandardCharsets.UTF_8);
    if (expected.equals(actual)) {
      return;
    }
    String[] want = expected.split("\n", -1);
    String[] have = actual.split("\n", -1);
    int line = 0;
    while (line < Math.min(want.length, have.length) && want[line].equals(have[line])) {
      line++;
    }
    throw new AssertionError(
        "%s differs at line %d%n  expected: %s%n  actual:   %s%n(-Dgolden.update=true rewrites it)"
            .formatted(path, line + 1, at(want, line), at(have, line)));
  }

  /// Compares bytes.
  ///
  /// @throws AssertionError naming the first offset that differs
  public void matches(byte[] actual) {
    if (updated(actual)) {
      return;
    }
    int offset = Arrays.mismatch(content(), actual);
    if (offset >= 0) {
      throw new AssertionError(
          path + " differs at byte " + offset + " (-Dgolden.update=true rewrites it)");
    }
  }

  private static String at(String[] lines, int index) {
    return index < lines.length ? lines[index] : "(end of file)";
  }

  private byte[] content() {
    if (!Files.exists(path)) {
      throw new AssertionError(path + " is missing (-Dgolden.update=true writes it)");
    }
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean updated(byte[] actual) {
    if (!Boolean.getBoolean("golden.update")) {
      return false;
    }
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.write(path, actual);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }
}
