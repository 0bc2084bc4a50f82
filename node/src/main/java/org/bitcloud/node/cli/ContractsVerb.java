package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.market.renter.ContractReport;
import org.bitcloud.market.renter.Renter;
import org.bitcloud.primitives.Hash;
import picocli.CommandLine.Command;

/// `storage contracts`: sizes, proofs and coins of this account's contracts.
@Command(
    name = "contracts",
    description = "Show this account's contracts: sizes, proofs made, paid so far.")
final class ContractsVerb extends StorageVerb {
  ContractsVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run(Renter renter, Target target) throws Exception {
    List<ContractReport> reports = renter.contracts();
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      reports.forEach(report -> fill(array.addObject(), report));
      print(array);
      return;
    }
    if (reports.isEmpty()) {
      say("this account has no contracts yet; try: bitcloud storage put FILE");
      return;
    }
    say(
        "%-12s %-12s %-9s %9s %8s %13s %14s %14s  %-16s %s",
        "contract",
        "provider",
        "state",
        "sectors",
        "proofs",
        "missed leaves",
        "paid",
        "escrow left",
        "expires",
        "file");
    for (ContractReport report : reports) {
      ContractStatus status = report.status();
      say(
          "%-12s %-12s %-9s %9s %8d %13d %14s %14s  %-16s %s",
          shortId(report.id()),
          status.parties().provider().checksum().substring(0, 12),
          status.phase().name().toLowerCase(Locale.ROOT),
          status.next().sectors() + "/" + status.parties().maxSectors(),
          report.windowsProven(),
          report.leavesMissed(),
          Money.show(status.books().paid()),
          Money.show(status.books().escrow()),
          time(report.expiresMillis()),
          report.name());
    }
  }

  private static void fill(ObjectNode json, ContractReport report) {
    ContractStatus status = report.status();
    Hash object = report.object();
    json.put("contract", report.id().toHex())
        .put("provider", status.parties().provider().checksum())
        .put("renter", status.parties().renter().checksum())
        .put("phase", status.phase().name().toLowerCase(Locale.ROOT))
        .put("sectors", status.next().sectors())
        .put("maxSectors", status.parties().maxSectors())
        .put("root", status.next().root().toHex())
        .put("revision", status.revision())
        .put("price", Money.drops(status.parties().price()))
        .put("proofs", report.windowsProven())
        .put("leaves", status.books().provenLeaves())
        .put("missedLeaves", report.leavesMissed())
        .put("paid", Money.drops(status.books().paid()))
        .put("escrow", Money.drops(status.books().escrow()))
        .put("collateral", Money.drops(status.books().collateral()))
        .put("windowsLeft", status.windowsLeft())
        .put("expires", report.expiresMillis())
        .put("object", object == null ? null : object.toHex())
        .put("name", report.name());
  }
}
