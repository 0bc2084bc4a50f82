package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.renter.OfferReport;
import org.bitcloud.market.renter.Renter;
import org.bitcloud.node.ProviderPrices;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.node.control.ProviderActions;
import org.bitcloud.p2p.Multiaddr;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import picocli.CommandLine.Command;

/// `storage providers`: who offers storage, for how much.
@Command(name = "providers", description = "List the providers on chain with prices and records.")
final class ProvidersVerb extends StorageVerb {
  ProvidersVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run(Renter renter, Target target) throws Exception {
    long windowMillis;
    try (RpcLedger ledger = target.ledger()) {
      windowMillis = new StorageClient(ledger).tariff().windowMillis();
    }
    List<OfferReport> offers = renter.providers();
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      offers.forEach(offer -> fill(array.addObject(), offer));
      print(array);
      return;
    }
    if (offers.isEmpty()) {
      say("no provider has posted prices on this chain");
    }
    for (OfferReport offer : offers) {
      say(
          "%s  %s per GiB and month, %s free of %s, earned %s, lost %s%s  %s",
          offer.provider().checksum(),
          Money.show(ProviderPrices.perGibMonth(offer.prices().storage(), windowMillis)),
          Money.bytes(offer.prices().freeSectors() << 22),
          Money.bytes(offer.prices().capacitySectors() << 22),
          Money.show(offer.status().earned()),
          Money.show(offer.status().penalties()),
          offer.isValid() ? "" : "  (price list expired)",
          endpoint(offer.prices().endpoint()));
    }
  }

  private static void fill(ObjectNode json, OfferReport offer) {
    json.put("provider", offer.provider().checksum())
        .put("endpoint", endpoint(offer.prices().endpoint()))
        .put("valid", offer.isValid())
        .put("storage", Money.drops(offer.prices().storage()))
        .put("collateral", Money.drops(offer.prices().collateral()))
        .put("capacitySectors", offer.prices().capacitySectors())
        .put("freeSectors", offer.prices().freeSectors())
        .put("shortestWindows", offer.prices().shortestWindows())
        .put("longestWindows", offer.prices().longestWindows())
        .put("expiryHeight", offer.prices().expiryHeight());
    ProviderActions.fill(json.putObject("books"), offer.status());
  }

  private static String endpoint(Bytes binary) {
    try {
      return binary.isEmpty() ? "" : Multiaddr.decode(binary).toString();
    } catch (MalformedException e) {
      return "malformed endpoint";
    }
  }
}
