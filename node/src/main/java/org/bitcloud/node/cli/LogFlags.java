package org.bitcloud.node.cli;

import java.util.Map;
import org.bitcloud.node.config.Setting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Flags of everything that writes a log.
final class LogFlags {
  @Option(
      names = "--log-format",
      paramLabel = "F",
      description = "form of log lines: text or json (default: text)")
  @Nullable String format;

  @Option(
      names = "--log-level",
      paramLabel = "L",
      description = "least level that is logged: debug, info, warn or error (default: info)")
  @Nullable String level;

  /// Adds those that were given.
  void put(Map<Setting, String> flags) {
    Flags.put(flags, Setting.LOG_FORMAT, format);
    Flags.put(flags, Setting.LOG_LEVEL, level);
  }
}
