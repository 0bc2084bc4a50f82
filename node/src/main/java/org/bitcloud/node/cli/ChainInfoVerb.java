package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.market.Head;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.node.adapter.RpcLedger;
import picocli.CommandLine.Command;

/// `chain info`: where the chain stands.
@Command(
    name = "info",
    description = "Show where the chain stands: height, finality, state, time, coins.")
final class ChainInfoVerb extends NetworkVerb {
  ChainInfoVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    Target target = target();
    try (RpcLedger ledger = target.ledger()) {
      JsonNode node = ledger.client().call("bitcloud_nodeInfo");
      JsonNode status = ledger.client().call("bitcloud_consensusStatus");
      JsonNode supply = ledger.client().call("bitcloud_supply");
      Head head = ledger.head();
      JsonNode block = ledger.client().call("eth_getBlockByHash", head.hash().toHex(), false);
      WindowStatus window = new StorageClient(ledger).window();
      ObjectNode line =
          object()
              .put("chainId", ledger.network().chainId())
              .put("genesisHash", ledger.network().genesisHash().toHex())
              .put("engine", node.path("engine").asText())
              .put("version", node.path("version").asText())
              .put("height", head.height().value())
              .put("hash", head.hash().toHex())
              .put("safe", number(status, "safe"))
              .put("finalized", number(status, "finalized"))
              .put("stateRoot", block.path("stateRoot").asText())
              .put("timeMillis", head.timeMillis())
              .put("baseFee", Money.drops(head.baseFee()))
              .put("window", window.index())
              .put("windowMillis", window.lengthMillis())
              .put("genesisCoins", supply.path("genesis").asText())
              .put("minted", supply.path("minted").asText())
              .put("burned", supply.path("burned").asText())
              .put("rpc", target.rpc().toString());
      if (json) {
        print(line);
        return;
      }
      say("chain    %d, engine %s", line.path("chainId").asLong(), line.path("engine").asText());
      say("genesis  %s", line.path("genesisHash").asText());
      say("height   %d  %s", head.height().value(), head.hash().toHex());
      say("safe     %d", line.path("safe").asLong());
      say("final    %d", line.path("finalized").asLong());
      say("state    %s", line.path("stateRoot").asText());
      say("time     %s", time(head.timeMillis()));
      say("window   %d, %d ms each", window.index(), window.lengthMillis());
      say("base fee %s drops a gas", head.baseFee().drops());
      say(
          "coins    %s CLD at genesis, %s burned",
          coins(line, "genesisCoins"), coins(line, "burned"));
    }
  }

  private static long number(JsonNode status, String field) {
    return Long.decode(status.path(field).asText());
  }

  private static String coins(ObjectNode line, String field) {
    return Money.exact(new BigInteger(line.path(field).asText("0")));
  }
}
