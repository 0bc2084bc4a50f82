package org.bitcloud.node.devnet;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How to start another process of this program: the same Java, the same options, the same classes.
final class JavaCommand {
  private static final String MAIN = "org.bitcloud.node.cli.Bitcloud";

  private JavaCommand() {}

  /// The command with a verb and its arguments.
  static List<String> of(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // Debuggers and coverage agents watch one process, and fight over ports and files.
      if (!option.startsWith("-agent") && !option.startsWith("-javaagent")) {
        command.add(option);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MAIN);
    command.addAll(arguments);
    return command;
  }
}
