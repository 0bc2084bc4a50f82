package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bitcloud.market.renter.Renter;
import org.bitcloud.market.renter.VerifyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `storage verify`: asks every provider of a file for random leaves.
@Command(
    name = "verify",
    description = "Ask every provider of a file for random leaves and check the answers.",
    footer = {"", "Example:", "  bitcloud storage verify ID --samples 50"})
final class VerifyVerb extends StorageVerb {
  @Parameters(paramLabel = "ID", description = "what put printed")
  String id = "";

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "leaves asked of each provider (default: 20)")
  int samples = 20;

  private boolean readable = true;

  VerifyVerb(Cli cli) {
    super(cli);
  }

  @Override
  void check() throws CliException {
    var _ = id(id);
    if (samples < 1 || samples > 10_000) {
      throw new CliException("--samples must be 1 to 10000, not " + samples);
    }
  }

  @Override
  public Integer call() throws Exception {
    run();
    return readable ? 0 : 1;
  }

  @Override
  void run(Renter renter, Target target) throws Exception {
    VerifyReport report = renter.verify(id(id), samples);
    readable = report.isReadable();
    if (json) {
      ObjectNode line =
          object()
              .put("id", report.id().toHex())
              .put("needed", report.needed())
              .put("good", report.good())
              .put("readable", readable);
      ArrayNode providers = line.putArray("providers");
      for (VerifyReport.Finding finding : report.providers()) {
        providers
            .addObject()
            .put("position", finding.position())
            .put("provider", finding.provider().checksum())
            .put("asked", finding.asked())
            .put("right", finding.right())
            .put("problem", finding.problem());
      }
      print(line);
      return;
    }
    for (VerifyReport.Finding finding : report.providers()) {
      say(
          "  %s  %d of %d right%s",
          finding.provider().checksum(),
          finding.right(),
          finding.asked(),
          finding.problem().isEmpty() ? "" : "  " + finding.problem());
    }
    say(
        "%d providers are good, %d are needed: %s",
        report.good(), report.needed(), readable ? "readable" : "NOT readable");
  }
}
