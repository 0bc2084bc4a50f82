package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bitcloud.contracts.naming.NamePhase;
import org.bitcloud.contracts.naming.NameRecord;
import org.bitcloud.contracts.naming.NameStatus;
import org.bitcloud.contracts.naming.NamingCall;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The verbs of `name` but `register`.
final class NameVerbs {
  private NameVerbs() {}

  private static ObjectNode json(NameVerb.Naming naming, TxReceipt receipt) {
    return Verb.object()
        .put("name", naming.label())
        .put("transaction", receipt.transaction().toHex())
        .put("height", receipt.height().value());
  }

  /// `name renew`: pays for more years.
  @Command(
      name = "renew",
      description = "Pay for more years of a name; anyone may, also shortly after it expired.",
      footer = {"", "Example:", "  bitcloud name renew alice --years 3"})
  static final class Renew extends NameVerb {
    @Option(names = "--years", paramLabel = "N", description = "1 to 10 (default: 1)")
    int years = 1;

    Renew(Cli cli) {
      super(cli);
    }

    @Override
    void check() throws CliException {
      checkYears(years);
    }

    @Override
    void run(Naming naming) throws Exception {
      KeyPair key = key(naming.target(), naming.ledger());
      Amount price = naming.client().price(naming.label(), years);
      TxReceipt receipt = send(naming, key, price, new NamingCall.Renew(naming.label(), years));
      long expires = naming.client().status(naming.label()).expiresMillis();
      if (json) {
        print(json(naming, receipt).put("expires", expires).put("price", Money.drops(price)));
        return;
      }
      say("\"%s\" is paid until %s; it cost %s", naming.label(), time(expires), Money.show(price));
    }
  }

  /// `name transfer`: gives a name away.
  @Command(
      name = "transfer",
      description = "Give a name and its records to another account.",
      footer = {"", "Example:", "  bitcloud name transfer alice 1"})
  static final class Transfer extends NameVerb {
    @Parameters(index = "1", paramLabel = "TO", description = "an address or account")
    String to = "";

    Transfer(Cli cli) {
      super(cli);
    }

    @Override
    void run(Naming naming) throws Exception {
      Address recipient = accounts(naming.target()).address(to);
      KeyPair key = key(naming.target(), naming.ledger());
      TxReceipt receipt =
          send(naming, key, Amount.ZERO, new NamingCall.Transfer(naming.label(), recipient));
      if (json) {
        print(json(naming, receipt).put("owner", recipient.checksum()));
        return;
      }
      say("\"%s\" belongs to %s", naming.label(), recipient.checksum());
    }
  }

  /// `name set`: sets or removes a record.
  @Command(
      name = "set",
      description = "Set what a name says about KEY; without VALUE, remove it.",
      footer = {
        "",
        "Examples:",
        "  bitcloud name set alice address 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        "  bitcloud name set alice content 0xID-OF-A-STORED-FILE",
        "  bitcloud name set alice note \"hello\""
      })
  static final class SetRecord extends NameVerb {
    @Parameters(index = "1", paramLabel = "KEY", description = "address, content, peer or another")
    String key = "";

    @Parameters(
        index = "2",
        arity = "0..1",
        paramLabel = "VALUE",
        description = "0x and hex, or text")
    @Nullable String value;

    SetRecord(Cli cli) {
      super(cli);
    }

    @Override
    void check() throws CliException {
      NameRecord _ = record();
    }

    private NameRecord record() throws CliException {
      return NameValue.parse(key, value == null ? "" : value);
    }

    @Override
    void run(Naming naming) throws Exception {
      NameRecord record = record();
      KeyPair signer = key(naming.target(), naming.ledger());
      TxReceipt receipt =
          send(naming, signer, Amount.ZERO, new NamingCall.SetRecord(naming.label(), record));
      boolean removed = record.value().isEmpty();
      if (json) {
        print(
            json(naming, receipt)
                .put("key", key)
                .put("value", removed ? null : NameValue.show(record)));
        return;
      }
      if (removed) {
        say("\"%s\" says nothing about %s", naming.label(), key);
      } else {
        say("\"%s\" %s = %s", naming.label(), key, NameValue.show(record));
      }
    }
  }

  /// `name resolve`: what a name says about one thing.
  @Command(
      name = "resolve",
      description = "Print what a name says: its address, or another record.",
      footer = {
        "",
        "Examples:",
        "  bitcloud name resolve alice",
        "  bitcloud name resolve alice --key content"
      })
  static final class Resolve extends NameVerb {
    @Option(names = "--key", paramLabel = "KEY", description = "which record (default: address)")
    String key = NameRecord.ADDRESS;

    Resolve(Cli cli) {
      super(cli);
    }

    @Override
    void run(Naming naming) throws Exception {
      Bytes value = naming.client().resolve(naming.label(), key);
      if (value.isEmpty()) {
        throw new CliException(
            "\"%s\" says nothing about %s".formatted(naming.label(), key),
            "see: bitcloud name show " + naming.label());
      }
      String shown = NameValue.show(new NameRecord(key, value));
      if (json) {
        print(
            object()
                .put("name", naming.label())
                .put("key", key)
                .put("value", shown)
                .put("bytes", value.toHex()));
        return;
      }
      say("%s", shown);
    }
  }

  /// `name show`: all that the chain says of a name.
  @Command(
      name = "show",
      description = "Show who owns a name, until when, its records, or what it would cost.",
      footer = {"", "Example:", "  bitcloud name show alice"})
  static final class Show extends NameVerb {
    Show(Cli cli) {
      super(cli);
    }

    @Override
    void run(Naming naming) throws Exception {
      NameStatus status = naming.client().status(naming.label());
      List<NameRecord> records =
          status.phase() == NamePhase.ACTIVE ? naming.client().records(naming.label()) : List.of();
      Optional<Amount> price =
          status.phase() == NamePhase.FREE
              ? Optional.of(naming.client().price(naming.label(), 1))
              : Optional.empty();
      if (json) {
        print(fill(naming.label(), status, records, price));
      } else {
        tell(naming.label(), status, records, price);
      }
    }

    private static ObjectNode fill(
        String label, NameStatus status, List<NameRecord> records, Optional<Amount> price) {
      ObjectNode node =
          object().put("name", label).put("phase", status.phase().name().toLowerCase(Locale.ROOT));
      price.ifPresent(drops -> node.put("pricePerYear", Money.drops(drops)));
      if (price.isEmpty()) {
        node.put("owner", status.owner().checksum())
            .put("registered", status.registeredMillis())
            .put("expires", status.expiresMillis())
            .put("free", status.freeMillis());
      }
      ArrayNode array = node.putArray("records");
      records.forEach(
          record ->
              array
                  .addObject()
                  .put("key", record.key())
                  .put("value", NameValue.show(record))
                  .put("bytes", record.value().toHex()));
      return node;
    }

    private void tell(
        String label, NameStatus status, List<NameRecord> records, Optional<Amount> price) {
      if (price.isPresent()) {
        say("\"%s\" is free; it costs %s a year", label, Money.show(price.get()));
        return;
      }
      say("name     %s", label);
      say("owner    %s", status.owner().checksum());
      if (status.phase() == NamePhase.GRACE) {
        say(
            "expired  %s, free for all %s",
            time(status.expiresMillis()), time(status.freeMillis()));
        say("renew it with: bitcloud name renew %s", label);
        return;
      }
      say("expires  %s", time(status.expiresMillis()));
      records.forEach(record -> say("%-8s %s", record.key(), NameValue.show(record)));
    }
  }
}
