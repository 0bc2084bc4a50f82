package org.bitcloud.node.cli;

import java.io.IOException;
import org.bitcloud.chain.HistoryException;
import org.bitcloud.chain.SnapshotException;
import org.bitcloud.chain.file.ImportException;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketException;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.node.control.ControlException;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.store.StoreException;
import picocli.CommandLine;

/// Turns what a command threw into one line and an exit code.
final class Failures {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final Cli cli;

  Failures(Cli cli) {
    this.cli = cli;
  }

  int failed(Exception e) {
    cli.err().println("error: " + line(e));
    if (cli.debug()) {
      e.printStackTrace(cli.err());
    }
    return FAILED;
  }

  int misused(CommandLine.ParameterException e) {
    cli.err().println("error: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, cli.err());
    cli.err().println("see: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return USAGE;
  }

  private static String line(Exception e) {
    String message = String.valueOf(e.getMessage()).strip().replace('\n', ' ');
    return switch (e) {
      case CliException _,
          ServiceException _,
          ConfigException _,
          ControlException _,
          ImportException _,
          SnapshotException _,
          HistoryException _,
          MarketException _,
          StoreException _,
          MalformedException _ ->
          message;
      case LedgerException ledger ->
          switch (ledger.kind()) {
            case REVERTED -> "the chain refused: " + message;
            case REJECTED -> "the transaction was not taken: " + message;
            case UNAVAILABLE -> message;
          };
      case java.nio.file.NoSuchFileException missing -> "no such file: " + missing.getFile();
      case java.nio.file.AccessDeniedException denied ->
          "no permission for " + denied.getFile() + " (check its owner and permissions)";
      case IOException _ -> message;
      case InterruptedException _ -> "interrupted";
      default ->
          "internal defect: " + e + " (run with BITCLOUD_DEBUG=1 for the details and report it)";
    };
  }
}
