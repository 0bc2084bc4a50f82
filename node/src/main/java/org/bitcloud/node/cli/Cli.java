package org.bitcloud.node.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a command reads, writes and learns about its surroundings.
///
/// @param out results
/// @param err errors and progress
/// @param in the user's input
/// @param environment variables
/// @param terminal whether a person watches: progress bars and questions make sense
record Cli(
    PrintStream out,
    PrintStream err,
    InputStream in,
    Map<String, String> environment,
    boolean terminal) {

  /// Bitcloud's own folder: `$BITCLOUD_HOME`, else `~/.bitcloud`.
  Path home() {
    @Nullable String set = environment.get("BITCLOUD_HOME");
    return set != null && !set.isBlank()
        ? Path.of(set).toAbsolutePath()
        : Path.of(System.getProperty("user.home"), ".bitcloud");
  }

  /// Whether stack traces and log lines are wanted.
  boolean debug() {
    return "1".equals(environment.get("BITCLOUD_DEBUG"));
  }
}
