package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Locale;
import org.bitcloud.chain.file.ChainFileReader;
import org.bitcloud.chain.file.ImportReport;
import org.bitcloud.node.ChainAccess;
import org.bitcloud.node.DataDirectory;
import org.bitcloud.node.bench.Stopwatch;
import org.bitcloud.node.bench.TimedImport;
import picocli.CommandLine.Command;

/// `chain import`: puts the blocks of a file on top of a chain.
@Command(
    name = "import",
    description = "Check the blocks of a file and put them on top of a stopped node's chain.",
    footer = {
      "",
      "Every signature, seal and root is checked. Blocks that are there already are passed over, so",
      "an import that was interrupted goes on when it is run again.",
      "Example:",
      "  bitcloud chain import blocks.bin --dir ~/.bitcloud/node --genesis genesis.json"
    })
final class ChainImportVerb extends ImportVerb<TimedImport> {
  ChainImportVerb(Cli cli) {
    super(cli);
  }

  @Override
  TimedImport take(InputStream in, long bytes, ProgressBar bar) throws Exception {
    ChainFileReader reader = ChainFileReader.open(in);
    ChainFolder folder = folder();
    try (DataDirectory _ = folder.lock();
        ChainAccess access = folder.open()) {
      keepGenesis(folder);
      Stopwatch watch = Stopwatch.start();
      ImportReport report =
          access.importBlocks(
              reader,
              InstantSource.system(),
              (height, done, total) -> bar.update("import", done, total, "block " + height),
              bytes);
      return new TimedImport(report, watch.stop());
    }
  }

  @Override
  void report(TimedImport done) {
    if (json) {
      print(json(done));
    } else {
      report(this, done);
    }
  }

  /// The keys by which imports are compared.
  static ObjectNode json(TimedImport done) {
    return object()
        .put("blocks", done.report().blocks())
        .put("transactions", done.report().transactions())
        .put("seconds", millis(done.time().seconds()))
        .put("tx_per_s", Math.round(done.transactionsPerSecond()))
        .put("cpu_seconds", millis(done.time().cpuSeconds()))
        .put("state_root", done.report().stateRoot().toHex());
  }

  private static double millis(double seconds) {
    return Math.rint(seconds * 1_000) / 1_000;
  }

  /// Tells a person what an import did.
  static void report(Verb verb, TimedImport done) {
    verb.say(
        "%d blocks with %d transactions in %.1f s: %s a second, %.1f CPU-seconds",
        done.report().blocks(),
        done.report().transactions(),
        done.time().seconds(),
        String.format(Locale.ROOT, "%,.0f", done.transactionsPerSecond()),
        done.time().cpuSeconds());
    if (done.report().skipped() > 0) {
      verb.say("%d blocks were there already", done.report().skipped());
    }
    verb.say("height %d, state root %s", done.report().head().value(), done.report().stateRoot());
  }
}
