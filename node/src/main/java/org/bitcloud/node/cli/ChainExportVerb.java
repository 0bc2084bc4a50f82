package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.file.ChainExport;
import org.bitcloud.node.ChainAccess;
import org.bitcloud.node.DataDirectory;
import org.bitcloud.primitives.Height;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `chain export`: writes blocks into a file.
@Command(
    name = "export",
    description = "Write the blocks of a stopped node into a file that chain import reads.",
    footer = {
      "",
      "The file appears under its name when it is complete.",
      "Example:",
      "  bitcloud chain export blocks.bin --dir ~/.bitcloud/node --from 1 --to 10000"
    })
final class ChainExportVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "where to write; must not exist")
  Path file = Path.of("");

  @Option(names = "--from", paramLabel = "N", description = "first block (default: 1)")
  long from = 1;

  @Option(names = "--to", paramLabel = "N", description = "last block (default: the head)")
  @Nullable Long to;

  ChainExportVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    ChainFolder folder = ChainFolder.existing(cli, directory());
    try (NewFile target = NewFile.at(file);
        DataDirectory _ = folder.lock();
        ChainAccess access = folder.open();
        ProgressBar bar = new ProgressBar(cli, json)) {
      Chain chain = access.chain();
      Height last = last(chain);
      long transactions =
          ChainExport.write(
              chain,
              new Height(from),
              last,
              target.out(),
              (height, done, total) -> bar.update("export", done, total, "block " + height));
      target.complete();
      report(last, transactions);
    }
  }

  private Height last(Chain chain) throws CliException {
    Height head = chain.heads().headRef().height();
    long last = to != null ? to : head.value();
    if (from < 1 || last < from || last > head.value()) {
      throw new CliException(
          "there are no blocks " + from + " to " + last,
          "the chain has blocks 1 to " + head + "; set --from and --to within");
    }
    return new Height(last);
  }

  private void report(Height last, long transactions) throws Exception {
    long blocks = last.value() - from + 1;
    if (json) {
      ObjectNode line =
          object()
              .put("file", file.toString())
              .put("from", from)
              .put("to", last.value())
              .put("blocks", blocks)
              .put("transactions", transactions)
              .put("bytes", Files.size(file));
      print(line);
      return;
    }
    say(
        "%s: blocks %d to %d with %d transactions, %s",
        file, from, last.value(), transactions, Money.bytes(Files.size(file)));
  }
}
