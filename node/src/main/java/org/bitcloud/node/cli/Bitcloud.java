package org.bitcloud.node.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program: `bitcloud VERB …`.
///
/// Exit codes: 0 done, 1 failed with one line `error: …`, 2 misused.
public final class Bitcloud {
  private Bitcloud() {}

  /// Runs a command and ends the process.
  public static void main(String[] args) {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    int status = run(args, System.out, System.err, System.in, System.getenv(), terminal);
    System.out.flush();
    System.exit(status);
  }

  /// Runs a command in this process.
  ///
  /// @param terminal whether a person watches
  /// @return the exit code
  public static int run(
      String[] args,
      PrintStream out,
      PrintStream err,
      InputStream in,
      Map<String, String> environment,
      boolean terminal) {
    Cli cli = new Cli(out, err, in, Map.copyOf(environment), terminal);
    Failures failures = new Failures(cli);
    CommandLine line = Verbs.of(cli, args);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler((e, _, _) -> failures.failed(e));
    line.setParameterExceptionHandler((e, _) -> failures.misused(e));
    return line.execute(args);
  }

  /// The top of the commands.
  @Command(
      name = "bitcloud",
      description = "Bitcloud: a ledger and a market of storage.",
      footer = {
        "",
        "First steps:",
        "  bitcloud devnet                    a whole network on this machine",
        "  bitcloud storage put FILE          store a file; prints an id and a URL",
        "  bitcloud storage get ID -o FILE    get it back",
        "  bitcloud wallet history            every coin explained",
        "",
        "bitcloud VERB --help explains a verb. BITCLOUD_DEBUG=1 shows details of failures."
      })
  static final class Root extends Group {}
}
