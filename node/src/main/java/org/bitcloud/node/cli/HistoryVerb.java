package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.primitives.Address;
import picocli.CommandLine.Command;

/// `wallet history`: every coin of an account explained.
@Command(
    name = "history",
    description = "Explain every coin that came or went; the sum must be what the chain says.",
    footer = {
      "",
      "Examples:",
      "  bitcloud wallet history",
      "  bitcloud wallet history --account 1 --json"
    })
final class HistoryVerb extends NetworkVerb {
  private boolean matches;

  HistoryVerb(Cli cli) {
    super(cli);
  }

  @Override
  public Integer call() throws Exception {
    run();
    return matches ? 0 : 1;
  }

  @Override
  void run() throws Exception {
    Target target = target();
    Address address = accounts(target).address(account);
    try (RpcLedger ledger = target.ledger()) {
      long head = ledger.head().height().value();
      JsonNode said =
          ledger.client().call("eth_getBalance", address.toHex(), "0x" + Long.toHexString(head));
      BigInteger balance = new BigInteger(said.asText().substring(2), 16);
      List<HistoryEntry> entries;
      try (ProgressBar bar = new ProgressBar(cli, json)) {
        entries =
            new History(ledger.client(), address)
                .upTo(head, at -> bar.update("history", at, head, "block " + at));
      }
      BigInteger sum =
          entries.stream().map(HistoryEntry::delta).reduce(BigInteger.ZERO, BigInteger::add);
      matches = sum.equals(balance);
      if (json) {
        print(address, head, entries, balance, sum);
      } else {
        show(address, head, entries, balance, sum);
      }
    }
  }

  private void print(
      Address address, long head, List<HistoryEntry> entries, BigInteger balance, BigInteger sum) {
    ObjectNode line = object().put("account", address.checksum()).put("height", head);
    ArrayNode list = line.putArray("entries");
    BigInteger running = BigInteger.ZERO;
    for (HistoryEntry entry : entries) {
      running = running.add(entry.delta());
      list.addObject()
          .put("height", entry.height())
          .put("timeMillis", entry.timeMillis())
          .put("transaction", entry.transaction())
          .put("what", entry.what())
          .put("delta", entry.delta().toString())
          .put("balance", running.toString())
          .put("note", entry.note());
    }
    line.put("sum", sum.toString()).put("balance", balance.toString()).put("matches", matches);
    print(line);
  }

  private void show(
      Address address, long head, List<HistoryEntry> entries, BigInteger balance, BigInteger sum) {
    say("account %s up to block %d, in CLD", address.checksum(), head);
    BigInteger running = BigInteger.ZERO;
    for (HistoryEntry entry : entries) {
      running = running.add(entry.delta());
      say(
          "%8d  %s  %-11s %28s  %28s  %s",
          entry.height(),
          time(entry.timeMillis()),
          entry.what(),
          (entry.delta().signum() > 0 ? "+" : "") + Money.exact(entry.delta()),
          Money.exact(running),
          entry.note());
    }
    if (matches) {
      say("check: the sum is %s CLD, and so is the balance on chain", Money.exact(sum));
    } else {
      cli.err()
          .println(
              "error: the sum is "
                  + Money.exact(sum)
                  + " CLD, but the balance on chain is "
                  + Money.exact(balance));
    }
  }
}
