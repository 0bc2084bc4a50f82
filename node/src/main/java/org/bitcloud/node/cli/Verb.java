package org.bitcloud.node.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every verb has: `--dir`, `--json`, help, and a console.
abstract class Verb implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  final Cli cli;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "directory of the devnet or node (default: ~/.bitcloud/devnet)")
  @Nullable Path directory;

  @Option(names = "--json", description = "print JSON for scripts")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  Verb(Cli cli) {
    this.cli = cli;
  }

  /// Does the work; an exception becomes one line and exit code 1.
  abstract void run() throws Exception;

  @Override
  public Integer call() throws Exception {
    run();
    return 0;
  }

  /// The directory as given, else the default devnet's.
  Path directory() {
    return directoryOr("devnet");
  }

  /// The directory as given, else one under the home.
  final Path directoryOr(String name) {
    Path given = directory;
    return given != null ? given.toAbsolutePath().normalize() : cli.home().resolve(name);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// A time for people: to the minute, where they are.
  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  /// Prints JSON on one line.
  void print(JsonNode node) {
    try {
      cli.out().println(JSON.writeValueAsString(node));
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }

  @FormatMethod
  void say(@FormatString String format, @Nullable Object... values) {
    cli.out().println(String.format(Locale.ROOT, format, values));
  }
}
