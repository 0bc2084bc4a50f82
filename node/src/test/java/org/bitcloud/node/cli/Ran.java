package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a command printed and how it ended.
record Ran(int status, String out, String err) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Runs a command in this process, with a home of its own.
  static Ran command(Path home, String... arguments) {
    return with(home, Map.of(), "", arguments);
  }

  /// The same with variables and standard input.
  static Ran with(Path home, Map<String, String> variables, String input, String... arguments) {
    Map<String, String> environment = new TreeMap<>(variables);
    environment.put("BITCLOUD_HOME", home.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Bitcloud.run(
            arguments,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            environment,
            false);
    return new Ran(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// The JSON on the last line.
  JsonNode json() {
    List<String> lines = out.lines().toList();
    try {
      return JSON.readTree(lines.getLast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The command succeeded, or the test fails with what it said.
  Ran succeeded() {
    if (status != 0) {
      throw new AssertionError("status " + status + ": " + err + out);
    }
    return this;
  }
}
