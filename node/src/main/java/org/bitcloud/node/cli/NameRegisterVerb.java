package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.bitcloud.contracts.naming.Commitment;
import org.bitcloud.contracts.naming.NamePhase;
import org.bitcloud.contracts.naming.NameStatus;
import org.bitcloud.contracts.naming.NamingCall;
import org.bitcloud.contracts.naming.NamingParameters;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.node.wiring.Assembly;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `name register`: commits, waits for the commitment's age, reveals.
@Command(
    name = "register",
    description =
        "Register a name: commit to it, wait, reveal it. Run again to go on after a stop.",
    footer = {"", "Example:", "  bitcloud name register alice --years 2"})
final class NameRegisterVerb extends NameVerb {
  // What blocks may come late by, on top of a commitment's age.
  private static final Duration SLACK = Duration.ofMinutes(2);

  @Option(names = "--years", paramLabel = "N", description = "1 to 10 (default: 1)")
  int years = 1;

  @Option(
      names = "--owner",
      paramLabel = "ACCOUNT",
      description = "who is to own it (default: who pays)")
  @Nullable String owner;

  NameRegisterVerb(Cli cli) {
    super(cli);
  }

  @Override
  void check() throws CliException {
    checkYears(years);
  }

  @Override
  void run(Naming naming) throws Exception {
    KeyPair key = key(naming.target(), naming.ledger());
    @Nullable String wanted = owner;
    Optional<Address> named =
        wanted == null ? Optional.empty() : Optional.of(accounts(naming.target()).address(wanted));
    PendingNames names = new PendingNames(naming.target().user().resolve("names"));
    Optional<PendingNames.Pending> earlier =
        names.find(key.address(), naming.label(), naming.ledger().network().genesisHash());
    if (isDone(naming, earlier)) {
      names.forget(earlier.orElseThrow());
      report(naming, Optional.empty());
      return;
    }
    requireFree(naming, earlier, names);
    Amount price = naming.client().price(naming.label(), years);
    requireCoins(naming, key, price);
    NamingParameters tariff = naming.client().tariff();
    PendingNames.Pending pending;
    if (earlier.isPresent()
        && (named.isEmpty() || named.get().equals(earlier.get().commitment().owner()))
        && canBeRevealed(naming, earlier.get(), tariff)) {
      pending = earlier.get();
      progress("going on with the registration of \"%s\"", naming.label());
    } else {
      pending = begin(naming, key, named.orElse(key.address()), names);
    }
    awaitAge(naming, pending, tariff);
    TxReceipt receipt =
        send(naming, key, price, new NamingCall.Reveal(pending.commitment(), years));
    names.forget(pending);
    report(naming, Optional.of(new Paid(receipt, price)));
  }

  /// What a reveal cost.
  private record Paid(TxReceipt receipt, Amount price) {}

  /// Whether an earlier run was stopped after its reveal had got into a block.
  private static boolean isDone(Naming naming, Optional<PendingNames.Pending> earlier)
      throws LedgerException {
    if (earlier.isEmpty()) {
      return false;
    }
    Commitment commitment = earlier.get().commitment();
    NameStatus status = naming.client().status(naming.label());
    return status.phase() == NamePhase.ACTIVE
        && status.owner().equals(commitment.owner())
        && naming.client().committedMillis(earlier.get().sender(), commitment.hash()) == 0;
  }

  private static void requireFree(
      Naming naming, Optional<PendingNames.Pending> earlier, PendingNames names)
      throws CliException, IOException, LedgerException {
    NameStatus status = naming.client().status(naming.label());
    if (status.phase() == NamePhase.FREE) {
      return;
    }
    if (earlier.isPresent()) {
      names.forget(earlier.get());
    }
    throw new CliException(
        "\"%s\" belongs to %s until %s"
            .formatted(naming.label(), status.owner().checksum(), time(status.freeMillis())),
        "choose another name");
  }

  private static boolean canBeRevealed(
      Naming naming, PendingNames.Pending pending, NamingParameters tariff) throws LedgerException {
    long committed = naming.client().committedMillis(pending.sender(), pending.commitment().hash());
    long age = naming.ledger().head().timeMillis() - committed;
    return committed != 0 && age < tariff.times().commitLifeMillis();
  }

  /// Commits with a fresh secret: one that was used before may have been seen.
  private PendingNames.Pending begin(Naming naming, KeyPair key, Address owner, PendingNames names)
      throws CliException, IOException, LedgerException {
    PendingNames.Pending pending =
        new PendingNames.Pending(
            key.address(),
            new Commitment(naming.label(), owner, secret()),
            naming.ledger().network().genesisHash());
    // Before it is sent: a commitment whose secret is lost is worth nothing.
    names.keep(pending);
    TxReceipt _ =
        send(naming, key, Amount.ZERO, new NamingCall.Commit(pending.commitment().hash()));
    progress("committed to \"%s\"", naming.label());
    return pending;
  }

  private static Hash secret() {
    SecureRandom random = new Assembly().random();
    byte[] bytes = new byte[Hash.SIZE];
    random.nextBytes(bytes);
    return new Hash(Bytes.wrap(bytes));
  }

  /// Waits for a block whose time makes the commitment old enough.
  private void awaitAge(Naming naming, PendingNames.Pending pending, NamingParameters tariff)
      throws CliException, LedgerException {
    long age = tariff.times().commitAgeMillis();
    long committed = naming.client().committedMillis(pending.sender(), pending.commitment().hash());
    long from = committed + age;
    progress("waiting %d s, so that nobody can take it first", (age + 999) / 1000);
    try (HeadGate heads = new HeadGate(naming.ledger())) {
      Optional<Long> late =
          heads.await(
              () -> Optional.of(naming.ledger().head().timeMillis()).filter(time -> time >= from),
              Duration.ofMillis(age).plus(SLACK));
      if (late.isEmpty()) {
        throw new CliException(
            "the chain did not move on in time; the commitment is kept",
            "run the same command again");
      }
    }
  }

  @FormatMethod
  private void progress(@FormatString String format, @Nullable Object... values) {
    if (!json) {
      say(format, values);
    }
  }

  private void report(Naming naming, Optional<Paid> paid) throws LedgerException {
    NameStatus status = naming.client().status(naming.label());
    if (json) {
      ObjectNode node =
          object()
              .put("name", naming.label())
              .put("owner", status.owner().checksum())
              .put("expires", status.expiresMillis());
      paid.ifPresent(
          each ->
              node.put("price", Money.drops(each.price()))
                  .put("transaction", each.receipt().transaction().toHex())
                  .put("height", each.receipt().height().value()));
      print(node);
      return;
    }
    say(
        "\"%s\" belongs to %s until %s",
        naming.label(), status.owner().checksum(), time(status.expiresMillis()));
    paid.ifPresent(each -> say("it cost %s", Money.show(each.price())));
    say("next: bitcloud name set %s address ACCOUNT", naming.label());
  }
}
