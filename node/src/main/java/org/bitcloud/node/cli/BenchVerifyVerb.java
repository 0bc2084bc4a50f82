package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import org.bitcloud.node.bench.VerifyBench;
import org.bitcloud.primitives.crypto.Secp256k1;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench verify`: the hot path of verification in a minute.
@Command(
    name = "verify",
    description = "Measure signatures, hashes, and the validation and execution of a block.",
    footer = {
      "",
      "Cold: every sender is recovered. Warm: the pool knows them. The share compares a cold block",
      "with the bare call of the curve's library on all cores.",
      "Example:",
      "  bitcloud bench verify --json"
    })
final class BenchVerifyVerb extends Verb {
  private static final int MILLIS_MAX = 60_000;
  private static final long NANOS_A_MILLI = 1_000_000;

  @Option(
      names = "--millis",
      paramLabel = "N",
      description = "how long each figure is measured, after as long a warm-up (default: 3000)")
  int millis = 3_000;

  BenchVerifyVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    if (millis < 1 || millis > MILLIS_MAX) {
      throw new CliException("--millis " + millis + " is out of range", "1 to " + MILLIS_MAX);
    }
    Map<String, Double> figures;
    try (ProgressBar bar = new ProgressBar(cli, json)) {
      figures =
          VerifyBench.run(
              millis * NANOS_A_MILLI,
              (what, done, total) -> bar.update("bench", done, total, what));
    }
    if (json) {
      ObjectNode line = object().put("curve", Secp256k1.get().name());
      figures.forEach((key, value) -> line.put(key, value > 100 ? Math.rint(value) : value));
      print(line);
      return;
    }
    say("curve by %s", Secp256k1.get().name());
    figures.forEach(
        (key, value) ->
            say(
                "%-32s %14s",
                key.replace("_per_s", "/s").replace('_', ' '),
                String.format(Locale.ROOT, value > 100 ? "%,.0f" : "%.2f", value)));
  }
}
