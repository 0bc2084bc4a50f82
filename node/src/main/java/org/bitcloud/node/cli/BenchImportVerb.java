package org.bitcloud.node.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcloud.node.bench.ImportBench;
import org.bitcloud.node.bench.ImportWork;
import org.bitcloud.node.bench.TimedImport;
import org.bitcloud.node.bench.TransferPlan;
import org.bitcloud.node.bench.TransferPlans;
import org.bitcloud.node.config.NodeConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench import`: how fast blocks are checked, executed and stored.
@Command(
    name = "import",
    description = "Measure the import of blocks full of transfers into an empty directory.",
    footer = {
      "",
      "The chain file is made once and kept in the folder. Half of the transfers have type 0, half",
      "type 2; recipients are fresh. With --from the transactions are another program's.",
      "Examples:",
      "  bitcloud bench import --json",
      "  bitcloud bench import --from raw.txt --alloc alloc.txt"
    })
final class BenchImportVerb extends Verb {
  private static final int BLOCKS_MAX = 100_000;
  private static final int TRANSFERS_MAX = 50_000;
  private static final int SENDERS_MAX = 1_000_000;

  @Option(names = "--blocks", paramLabel = "N", description = "how many (default: 200)")
  int blocks = 200;

  @Option(names = "--transfers", paramLabel = "N", description = "in each block (default: 5000)")
  int transfers = 5_000;

  @Option(names = "--senders", paramLabel = "N", description = "of the transfers (default: 10000)")
  int senders = 10_000;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "raw transactions in hex, one on a line, instead of own ones")
  @Nullable Path from;

  @Option(
      names = "--alloc",
      paramLabel = "FILE",
      description = "with --from: first balances, an address and a number of drops on each line")
  @Nullable Path alloc;

  BenchImportVerb(Cli cli) {
    super(cli);
  }

  @Override
  Path directory() {
    return directory != null ? super.directory() : cli.home().resolve("bench");
  }

  @Override
  void run() throws Exception {
    check("--blocks", blocks, BLOCKS_MAX);
    check("--transfers", transfers, TRANSFERS_MAX);
    check("--senders", senders, SENDERS_MAX);
    long memory =
        NodeConfig.load(directory(), cli.environment(), java.util.Map.of()).databaseBytes();
    TimedImport done;
    try (ProgressBar bar = new ProgressBar(cli, json)) {
      ImportWork work;
      try (TransferPlan plan = plan()) {
        work =
            ImportWork.of(
                plan,
                directory(),
                (height, made, total) -> bar.update("make", made, total, "block " + height));
      }
      done =
          ImportBench.run(
              work,
              directory(),
              memory,
              (height, bytes, total) -> bar.update("import", bytes, total, "block " + height));
    }
    if (json) {
      print(ChainImportVerb.json(done));
    } else {
      ChainImportVerb.report(this, done);
    }
  }

  private TransferPlan plan() throws Exception {
    Path raw = from;
    Path balances = alloc;
    if (raw == null && balances == null) {
      return TransferPlans.seeded(blocks, transfers, senders);
    }
    if (raw == null || balances == null) {
      throw new CliException("--from and --alloc belong together", "give both or none");
    }
    for (Path file : new Path[] {raw, balances}) {
      if (!Files.isRegularFile(file)) {
        throw new CliException("no such file: " + file);
      }
    }
    return TransferPlans.given(raw, balances, blocks, transfers);
  }

  private static void check(String flag, int value, int max) throws CliException {
    if (value < 1 || value > max) {
      throw new CliException(flag + " " + value + " is out of range", "1 to " + max);
    }
  }
}
