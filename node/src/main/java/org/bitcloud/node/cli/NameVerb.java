package org.bitcloud.node.cli;

import java.util.Locale;
import java.util.Optional;
import org.bitcloud.contracts.naming.Label;
import org.bitcloud.contracts.naming.NamingAbi;
import org.bitcloud.contracts.naming.NamingCall;
import org.bitcloud.contracts.naming.NamingParameters;
import org.bitcloud.contracts.naming.NamingRule;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.crypto.KeyPair;
import picocli.CommandLine.Parameters;

/// A verb of `name`: it checks the label before anything is sent.
abstract class NameVerb extends NetworkVerb {
  @Parameters(index = "0", paramLabel = "NAME", description = "3 to 63 of a to z, 0 to 9 and -")
  String name = "";

  NameVerb(Cli cli) {
    super(cli);
  }

  /// What a verb works with.
  ///
  /// @param label the name, folded to small letters
  record Naming(String label, Target target, RpcLedger ledger, NamingClient client) {}

  /// Does the work.
  abstract void run(Naming naming) throws Exception;

  @Override
  void run() throws Exception {
    String label = name.toLowerCase(Locale.ROOT);
    Optional<NamingRule> broken = Label.broken(label);
    if (broken.isPresent()) {
      throw new CliException(
          "not a name: \"" + name + "\": " + broken.get().text(), "such as alice or my-film");
    }
    check();
    Target target = target();
    try (RpcLedger ledger = target.ledger()) {
      run(new Naming(label, target, ledger, new NamingClient(ledger)));
    }
  }

  /// Looks at the other arguments before anything is opened.
  void check() throws CliException {}

  /// Sends a call and waits until it is in a block; its price must be there.
  TxReceipt send(Naming naming, KeyPair key, Amount value, NamingCall call)
      throws CliException, LedgerException {
    requireCoins(naming, key, value);
    try (HeadGate heads = new HeadGate(naming.ledger())) {
      return new TransactionSender(naming.ledger(), heads, key)
          .send(NamingAbi.ADDRESS, value, call.encode())
          .await();
    }
  }

  /// Does nothing if an account has the coins that a name costs.
  static void requireCoins(Naming naming, KeyPair key, Amount price)
      throws CliException, LedgerException {
    Amount balance = naming.ledger().balance(key.address());
    if (balance.compareTo(price) < 0) {
      throw new CliException(
          "%s has %s, and \"%s\" costs %s"
              .formatted(
                  key.address().checksum(), Money.show(balance), naming.label(), Money.show(price)),
          "name another account with --from");
    }
  }

  static void checkYears(int years) throws CliException {
    if (years < 1 || years > NamingParameters.YEARS_MAX) {
      throw new CliException("--years must be 1 to " + NamingParameters.YEARS_MAX);
    }
  }
}
