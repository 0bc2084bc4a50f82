package org.bitcloud.node.cli;

import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `wallet send`: moves coins to another account.
@Command(
    name = "send",
    description = "Send coins and wait until they have arrived.",
    footer = {
      "",
      "Example:",
      "  bitcloud wallet send 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 1.5"
    })
final class SendVerb extends NetworkVerb {
  @Parameters(index = "0", paramLabel = "TO", description = "an address or account")
  String to = "";

  @Parameters(
      index = "1",
      paramLabel = "AMOUNT",
      description = "cloudcoins such as 1.5, or 100drops")
  String amount = "";

  SendVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    Amount value = Money.parse(amount);
    Target target = target();
    Address recipient = accounts(target).address(to);
    try (RpcLedger ledger = target.ledger();
        HeadGate heads = new HeadGate(ledger)) {
      KeyPair key = key(target, ledger);
      Amount balance = ledger.balance(key.address());
      if (balance.compareTo(value) < 0) {
        throw new CliException(
            key.address().checksum() + " has " + Money.show(balance) + ", not " + Money.show(value),
            "send less, or name another account with --from");
      }
      TxReceipt receipt =
          new TransactionSender(ledger, heads, key).send(recipient, value, Bytes.EMPTY).await();
      if (json) {
        print(
            object()
                .put("transaction", receipt.transaction().toHex())
                .put("height", receipt.height().value())
                .put("from", key.address().checksum())
                .put("to", recipient.checksum())
                .put("amount", Money.drops(value))
                .put("fee", Money.drops(receipt.fee())));
      } else {
        say("sent %s to %s", Money.show(value), recipient.checksum());
        say(
            "transaction %s in block %d, fee %s",
            receipt.transaction().toHex(), receipt.height().value(), Money.show(receipt.fee()));
      }
    }
  }
}
