package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bitcloud.market.renter.CostEstimate;
import org.bitcloud.market.renter.Renter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `storage cost`: what storing a file would cost.
@Command(
    name = "cost",
    description = "Say what storing a file would cost, before anything is paid.",
    footer = {
      "",
      "Examples:",
      "  bitcloud storage cost video.mp4 --term 30d",
      "  bitcloud storage cost 1073741824 --term 7d        so many bytes"
    })
final class CostVerb extends StorageVerb {
  @Parameters(paramLabel = "FILE|BYTES", description = "a file, or a number of bytes")
  String what = "";

  @Mixin Terms terms = new Terms();

  CostVerb(Cli cli) {
    super(cli);
  }

  private long bytes() throws Exception {
    Path path = Path.of(what);
    if (Files.isRegularFile(path)) {
      return Files.size(path);
    }
    if (what.matches("\\d{1,18}")) {
      return Long.parseLong(what);
    }
    throw new CliException("no such file: " + what, "name a file or a number of bytes");
  }

  @Override
  void check() throws Exception {
    long _ = bytes();
    terms.options();
  }

  @Override
  void run(Renter renter, Target target) throws Exception {
    long bytes = bytes();
    CostEstimate estimate = renter.cost(bytes, terms.options());
    if (json) {
      ObjectNode line =
          object()
              .put("bytes", bytes)
              .put("cost", Money.drops(estimate.total()))
              .put("escrow", Money.drops(estimate.escrow()))
              .put("fees", Money.drops(estimate.fees()))
              .put("needed", estimate.erasure().dataShards())
              .put("shards", estimate.erasure().shards())
              .put("windows", estimate.windows())
              .put("availability", estimate.availability());
      ArrayNode providers = line.putArray("providers");
      for (CostEstimate.Choice choice : estimate.providers()) {
        providers
            .addObject()
            .put("provider", choice.provider().checksum())
            .put("price", Money.drops(choice.price()))
            .put("reason", choice.reason());
      }
      print(line);
      return;
    }
    say(
        "%s for %s: %s, at most %s of it in fees",
        Money.bytes(bytes), terms.term, Money.show(estimate.total()), Money.show(estimate.fees()));
    say(
        "%s: readable with a chance of %s when each provider is up 3/4 of the time",
        estimate.erasure(), String.format(Locale.ROOT, "%.5f %%", estimate.availability() * 100));
    for (CostEstimate.Choice choice : estimate.providers()) {
      say("  %s  %s", choice.provider().checksum(), choice.reason());
    }
  }
}
