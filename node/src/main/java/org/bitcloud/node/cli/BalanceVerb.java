package org.bitcloud.node.cli;

import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `wallet balance`: what an account has.
@Command(
    name = "balance",
    description = "Show what an account has.",
    footer = {"", "Examples:", "  bitcloud wallet balance", "  bitcloud wallet balance 0x7099..."})
final class BalanceVerb extends NetworkVerb {
  @Parameters(paramLabel = "ACCOUNT", arity = "0..1", description = "instead of --account")
  @Nullable String which;

  BalanceVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    Target target = target();
    Address address = accounts(target).address(which != null ? which : account);
    try (RpcLedger ledger = target.ledger()) {
      Amount balance = ledger.balance(address);
      ProviderStatus books = new StorageClient(ledger).provider(address);
      if (json) {
        print(
            object()
                .put("address", address.checksum())
                .put("balance", Money.drops(balance))
                .put("atStorage", Money.drops(books.funds().plus(books.locked()))));
        return;
      }
      say("%s  %s CLD", address.checksum(), Money.exact(balance.drops()));
      if (!books.funds().isZero() || !books.locked().isZero()) {
        say(
            "at the Storage corporation: %s free, %s locked as collateral",
            Money.show(books.funds()), Money.show(books.locked()));
      }
    }
  }
}
