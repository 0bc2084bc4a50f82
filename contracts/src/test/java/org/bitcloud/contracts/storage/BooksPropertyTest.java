package org.bitcloud.contracts.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcloud.contracts.TransactionResult;
import org.bitcloud.contracts.storage.Market.Deal;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

/// Whatever renters, providers and settlers do, no drop appears or vanishes.
class BooksPropertyTest {
  private static final List<String> RENTERS = List.of("renter-1", "renter-2");
  private static final List<String> PROVIDERS = List.of("provider-1", "provider-2");
  private static final int ACTS = 120;

  /// A chain on which random things happen; what must hold is checked after every block.
  private static final class World {
    final Choices choices;
    final MiniChain chain =
        MiniChain.start("renter-1", "renter-2", "provider-1", "provider-2", "settler");
    final Market market = new Market(chain);
    final List<Deal> deals = new ArrayList<>();
    final Set<Phase> phases;
    long seed;

    World(Choices choices, Set<Phase> phases) {
      this.choices = choices;
      this.phases = phases;
      PROVIDERS.forEach(p -> market.deposit(p, Amount.of(10_000_000)));
    }

    void act() {
      switch (choices.below(12)) {
        case 0, 1 -> form();
        case 2, 3 -> revise();
        case 4 -> end();
        case 5 -> attempt("settler", new StorageCall.Settle(MiniChain.address(provider())));
        case 6 -> attempt(provider(), new StorageCall.Withdraw(Amount.of(choices.below(500_000))));
        case 7, 8, 9 -> prove();
        case 10 -> chain.nextWindow();
        default -> pass();
      }
    }

    private String provider() {
      return choices.pick(PROVIDERS);
    }

    /// Sends a call that rules may forbid.
    private boolean attempt(String from, StorageCall call) {
      TransactionResult result = chain.send(from, Amount.ZERO, call.encode());
      assertTrue(
          result.success() || MiniChain.reason(result).startsWith("STO-"),
          () -> MiniChain.reason(result));
      return result.success();
    }

    private void form() {
      String renter = choices.pick(RENTERS);
      String provider = provider();
      StorageTerms terms =
          market.terms(
              renter,
              provider,
              choices.between(1, 3),
              20L * choices.between(1, 50),
              60L * choices.between(0, 50),
              choices.between(1, 12));
      TransactionResult result =
          chain.send(renter, terms.escrow(), Market.form(terms, renter, provider).encode());
      if (result.success()) {
        deals.add(new Deal(terms.digest(Market.DOMAIN), terms, renter, provider));
      }
    }

    private void revise() {
      if (deals.isEmpty()) {
        return;
      }
      Deal deal = choices.pick(deals);
      if (chain.contract(deal.id()).phase() == Phase.ACTIVE
          && chain.provider(deal.provider()).unsettled() < 60) {
        int sectors = choices.between(0, (int) deal.terms().maxSectors());
        market.revise(deal, Content.of(seed++ % 2, sectors));
      }
    }

    private void end() {
      if (!deals.isEmpty()) {
        Deal deal = choices.pick(deals);
        attempt(choices.flip() ? deal.renter() : deal.provider(), new StorageCall.End(deal.id()));
      }
    }

    private void prove() {
      String provider = provider();
      ProviderStatus status = chain.provider(provider);
      if (!status.dueNow().isZero() && status.provenMask() == 0 && status.unsettled() < 60) {
        int has = choices.between(0, 4);
        market.prove(provider, drawn -> has == 4 || drawn.leafIndex() % 4 < has);
      }
    }

    private void pass() {
      if (choices.oneIn(4)) {
        chain.sleep(choices.between(1, 3));
      } else {
        chain.nextBlock();
      }
    }

    /// Each escrow and collateral, charged to now, adds up to what the provider's books say.
    void checkContracts() {
      for (String provider : PROVIDERS) {
        Amount escrow = Amount.ZERO;
        Amount collateral = Amount.ZERO;
        for (Deal deal : deals) {
          ContractStatus status = chain.contract(deal.id());
          phases.add(status.phase());
          boolean runs = status.phase() == Phase.ACTIVE || status.phase() == Phase.ENDING;
          if (deal.provider().equals(provider) && runs) {
            escrow = escrow.plus(status.books().escrow());
            collateral = collateral.plus(status.books().collateral());
          }
        }
        assertEquals(chain.provider(provider).escrow(), escrow, "escrows of " + provider);
        assertEquals(chain.provider(provider).locked(), collateral, "collateral of " + provider);
      }
    }

    /// Everything ends, and the corporation is left with the providers' funds and nothing else.
    void windUp() {
      chain.nextWindows(14);
      for (String provider : PROVIDERS) {
        while (chain.provider(provider).unsettled() > 0
            && attempt("settler", new StorageCall.Settle(MiniChain.address(provider)))) {
          chain.nextBlock();
        }
      }
      deals.forEach(deal -> attempt("settler", new StorageCall.End(deal.id())));
      for (String provider : PROVIDERS) {
        Amount funds = chain.provider(provider).funds();
        if (!funds.isZero()) {
          chain.ok(provider, new StorageCall.Withdraw(funds));
        }
      }
      chain.checkBooks();
      assertEquals(Amount.ZERO, chain.balance(StorageAbi.ADDRESS), "all coins came out again");
    }
  }

  @Test
  void booksBalanceWhateverHappens() {
    Set<Phase> phases = EnumSet.noneOf(Phase.class);
    Property.named("storage books balance")
        .runs(25)
        .check(
            choices -> {
              World world = new World(choices, phases);
              for (int i = 0; i < ACTS; i++) {
                world.act();
              }
              world.chain.nextBlock();
              world.checkContracts();
              world.windUp();
            });
    assertEquals(EnumSet.allOf(Phase.class), phases, "the histories reach every phase");
  }

  @Test
  void equalHistoriesGiveEqualStatesAndEqualGas() {
    Property.named("storage is deterministic")
        .runs(3)
        .check(
            choices -> {
              long seed = choices.longBetween(0, 1L << 40);
              Map<Bytes, Bytes> first = history(seed);
              assertEquals(first, history(seed));
            });
  }

  /// The state holds every balance, thus every fee and all gas.
  private static Map<Bytes, Bytes> history(long seed) {
    World world = new World(Choices.ofSeed(seed), EnumSet.noneOf(Phase.class));
    for (int i = 0; i < ACTS; i++) {
      world.act();
    }
    return world.chain.entries();
  }
}
