package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.file.ChainExport;
import org.bitcloud.primitives.Height;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class ChainExportVerb extends ExportVerb<ChainExportVerb.Written> {
  @Option(names = "--from", paramLabel = "N", description = "first block (default: 1)")
  long from = 1;

  @Option(names = "--to", paramLabel = "N", description = "last block (default: the head)")
  @Nullable Long to;

  ChainExportVerb(Cli cli) {
    super(cli);
  }

  /// @param last the last block
  record Written(Height last, long transactions) {}

  @Override
  Written write(Chain chain, OutputStream out, ProgressBar bar) throws Exception {
    Height last = last(chain);
    long transactions =
        ChainExport.write(
            chain,
            new Height(from),
            last,
            out,
            (height, done, total) -> bar.update("export", done, total, "block " + height));
    return new Written(last, transactions);
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

  @Override
  void report(Written done) throws IOException {
    long blocks = done.last().value() - from + 1;
    if (json) {
      ObjectNode line =
          object()
              .put("file", file.toString())
              .put("from", from)
              .put("to", done.last().value())
              .put("blocks", blocks)
              .put("transactions", done.transactions())
              .put("bytes", Files.size(file));
      print(line);
      return;
    }
    say(
        "%s: blocks %d to %d with %d transactions, %s",
        file, from, done.last().value(), done.transactions(), Money.bytes(Files.size(file)));
  }
}
