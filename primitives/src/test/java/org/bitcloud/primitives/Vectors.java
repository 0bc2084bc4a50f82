package org.bitcloud.primitives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Published test vectors, one a line with tabs between columns, or JSON.
public final class Vectors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("src", "test", "resources", "vectors");

  private Vectors() {}

  /// The rows of a table without its heading.
  public static List<String[]> rows(String name) {
    return text(name)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .toList();
  }

  /// A file of JSON.
  public static JsonNode json(String name) {
    return parse(text(name));
  }

  /// A text of JSON.
  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file as it is.
  public static String text(String name) {
    try {
      return Files.readString(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Bytes that a test writes in hexadecimal digits, without `0x`.
  public static Bytes hex(String digits) {
    try {
      return Bytes.fromHex("0x" + digits);
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
