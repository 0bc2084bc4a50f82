package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bitcloud.market.renter.RemoveResult;
import org.bitcloud.market.renter.Renter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `storage rm`: removes a file.
@Command(
    name = "rm",
    description = "Remove a file that was stored from here; the rest of its escrow comes back.",
    footer = {"", "Example:", "  bitcloud storage rm ID"})
final class RemoveVerb extends StorageVerb {
  @Parameters(paramLabel = "ID", description = "what put printed")
  String id = "";

  RemoveVerb(Cli cli) {
    super(cli);
  }

  @Override
  void check() throws CliException {
    var _ = id(id);
  }

  @Override
  void run(Renter renter, Target target) throws Exception {
    RemoveResult result;
    try (ProgressBar bar = new ProgressBar(cli, json)) {
      result = renter.remove(id(id), new TransferProgress(bar));
    }
    if (json) {
      ObjectNode line =
          object()
              .put("id", result.id().toHex())
              .put("contracts", result.contracts())
              .put("fees", Money.drops(result.fees()));
      result.warnings().forEach(line.putArray("warnings")::add);
      print(line);
    } else {
      say("removed; %d contracts end, fees %s", result.contracts(), Money.show(result.fees()));
      result.warnings().forEach(warning -> cli.err().println("note: " + warning));
    }
  }
}
