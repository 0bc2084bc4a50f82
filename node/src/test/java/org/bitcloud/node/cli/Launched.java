package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A command that runs in a process of its own, as from the launcher.
record Launched(Process process, Path errors) implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @param home of the command, and of the file with what it says on standard error
  static Launched command(Path home, String... arguments) throws IOException {
    return within(List.of(), home, arguments);
  }

  /// @param prefix a command that ends by running what follows
  static Launched within(List<String> prefix, Path home, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bitcloud.class.getName()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile(home, "launched", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("BITCLOUD_"));
    builder.environment().put("BITCLOUD_HOME", home.toString());
    return new Launched(builder.start(), errors);
  }

  /// The line with which a node says that it is ready.
  JsonNode ready() throws IOException {
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    assertTrue(line != null, this::said);
    JsonNode ready = JSON.readTree(line);
    assertTrue(ready.path("ready").asBoolean(), line);
    return ready;
  }

  /// What it has said on standard error.
  String said() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until it has failed with one line that has all of these words.
  void assertFails(String... words) throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
    assertEquals(1, process.exitValue(), this::said);
    assertTrue(said().startsWith("error: "), this::said);
    for (String word : words) {
      assertTrue(said().contains(word), () -> "no \"" + word + "\" in: " + said());
    }
    assertEquals(1, said().lines().count(), this::said);
  }

  /// Kills it as the operating system kills.
  void kill() throws InterruptedException {
    int _ = process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    Process _ = process.destroyForcibly();
  }
}
