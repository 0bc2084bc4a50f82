package org.bitcloud.contracts.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bitcloud.contracts.Log;
import org.bitcloud.contracts.TransactionResult;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.MalformedException;
import org.junit.jupiter.api.Test;

/// What providers earn and lose, to the drop.
class PaymentTest {
  private static final long PRICE = 1_000_000;
  private static final long COLLATERAL = 6_000_000;
  private static final Content CONTENT = Content.of(1, 2);

  private final MiniChain chain = MiniChain.start("renter", "provider", "settler");
  private final Market market = new Market(chain);

  private Market.Deal deal(long windows) {
    market.deposit("provider", Amount.of(1_000_000_000));
    Market.Deal deal = market.store("renter", "provider", CONTENT, PRICE, COLLATERAL, windows);
    chain.nextWindow();
    return deal;
  }

  @Test
  void paysAFullyProvenWindowLessBurnAndSettlersShare() {
    Market.Deal deal = deal(10);
    Amount fundsBefore = chain.provider("provider").funds();
    market.prove("provider");
    chain.nextWindow();
    TransactionResult result = market.settle("settler", "provider");

    long gross = 2 * PRICE;
    long burned = gross * 200 / 10_000;
    long reward = gross * 10 / 10_000;
    assertEquals(
        new StorageEvent.Settled(
            MiniChain.address("provider"),
            1,
            20,
            Amount.of(gross),
            Amount.of(gross - burned - reward),
            Amount.ZERO,
            Amount.of(burned),
            Amount.of(reward)),
        events(result).getFirst());
    assertEquals(
        fundsBefore.plus(Amount.of(gross - burned - reward)), chain.provider("provider").funds());
    assertEquals(Amount.of(gross), chain.contract(deal.id()).books().paid());
    assertEquals(
        deal.terms().escrow().minus(Amount.of(gross)), chain.contract(deal.id()).books().escrow());
    assertEquals(20, chain.contract(deal.id()).books().provenLeaves());
  }

  @Test
  void paysTheSettlerFromItsShare() {
    deal(10);
    market.prove("provider");
    chain.nextWindow();
    Amount before = chain.balance(MiniChain.address("settler"));
    TransactionResult result = market.settle("settler", "provider");
    Amount fee = result.effectiveGasPrice().times(result.gasUsed());
    assertEquals(
        before.minus(fee).plus(Amount.of(2 * PRICE * 10 / 10_000)),
        chain.balance(MiniChain.address("settler")));
  }

  @Test
  void takesCollateralForEachMissingLeaf() {
    Market.Deal deal = deal(10);
    AtomicInteger answered = new AtomicInteger();
    market.prove("provider", _ -> answered.getAndIncrement() < 13);
    int proven = chain.provider("provider").proven();
    chain.nextWindow();
    TransactionResult result = market.settle("settler", "provider");

    long gross = 2 * PRICE * proven / 20;
    long penalty = 2 * COLLATERAL / 60 * (20 - proven);
    StorageEvent.Settled settled = (StorageEvent.Settled) events(result).getFirst();
    assertEquals(proven, settled.proven());
    assertEquals(Amount.of(gross), settled.gross());
    assertEquals(Amount.of(penalty), settled.penalty());
    assertEquals(
        settled.gross().plus(settled.penalty()),
        settled.pay().plus(settled.burned()).plus(settled.reward()));
    ContractStatus.Books books = chain.contract(deal.id()).books();
    assertEquals(Amount.of(2 * COLLATERAL - penalty), books.collateral());
    assertEquals(Amount.of(gross), books.paid());
    assertEquals(20 - proven, books.missedLeaves());
    assertEquals(Amount.of(2 * COLLATERAL - penalty), chain.provider("provider").locked());
  }

  @Test
  void collateralIsLostOnlyOnce() {
    Market.Deal deal = deal(20);
    for (int window = 0; window < 5; window++) {
      AtomicInteger answered = new AtomicInteger();
      market.prove("provider", _ -> answered.getAndIncrement() < 1);
      chain.nextWindow();
    }
    ContractStatus.Books books = chain.contract(deal.id()).books();
    assertEquals(Amount.ZERO, books.collateral());
    assertTrue(books.missedLeaves() > 60);
    assertEquals(Amount.of(2 * COLLATERAL), chain.provider("provider").penalties());
    assertEquals(Phase.ACTIVE, chain.contract(deal.id()).phase());
  }

  @Test
  void penalisesOnlyTheContractsWhoseLeavesAreMissing() {
    market.deposit("provider", Amount.of(1_000_000_000));
    Market.Deal kept = market.store("renter", "provider", Content.of(2, 1), PRICE, COLLATERAL, 10);
    Market.Deal lost = market.store("renter", "provider", Content.of(3, 1), PRICE, COLLATERAL, 10);
    chain.nextWindow();
    long drawnLost =
        chain.challenge("provider").leaves().stream()
            .filter(d -> d.contractId().equals(lost.id()))
            .count();
    market.prove("provider", drawn -> drawn.contractId().equals(kept.id()));
    chain.nextWindow();

    assertTrue(drawnLost > 0 && drawnLost < 20);
    assertEquals(Amount.of(COLLATERAL), chain.contract(kept.id()).books().collateral());
    assertEquals(
        Amount.of(COLLATERAL - drawnLost * COLLATERAL / 60),
        chain.contract(lost.id()).books().collateral());
  }

  @Test
  void endsAProviderThatMissesThreeWindowsInARow() {
    Market.Deal deal = deal(20);
    market.prove("provider");
    chain.nextWindows(4);
    Amount funds = chain.provider("provider").funds();
    TransactionResult result = market.settle("settler", "provider");
    List<StorageEvent> events = events(result);

    assertEquals(
        new StorageEvent.ProviderEnded(
            MiniChain.address("provider"), 4, deal.terms().escrow().minus(Amount.of(2 * PRICE))),
        events.getLast());
    Amount penalties =
        events.stream()
            .filter(StorageEvent.Settled.class::isInstance)
            .map(e -> ((StorageEvent.Settled) e).penalty())
            .reduce(Amount.ZERO, Amount::plus);
    assertEquals(Amount.of(2 * COLLATERAL), penalties, "all collateral is lost");
    ProviderStatus provider = chain.provider("provider");
    assertEquals(Amount.ZERO, provider.locked());
    assertEquals(Amount.ZERO, provider.escrow());
    assertEquals(1, provider.generation());
    assertEquals(funds.minus(Amount.of(2 * PRICE / 1_000)), provider.funds());
    assertEquals(Phase.ABANDONED, chain.contract(deal.id()).phase());

    Amount renter = chain.balance(MiniChain.address("renter"));
    chain.ok("settler", new StorageCall.End(deal.id()));
    assertEquals(
        renter.plus(deal.terms().escrow()).minus(Amount.of(2 * PRICE)),
        chain.balance(MiniChain.address("renter")));
    assertEquals(Phase.ENDED, chain.contract(deal.id()).phase());
    assertEquals("STO-51", chain.refusal("settler", new StorageCall.End(deal.id())));
    chain.checkBooks();
  }

  @Test
  void aProvenWindowForgivesEarlierMisses() {
    deal(20);
    for (int i = 0; i < 4; i++) {
      chain.nextWindows(2);
      market.prove("provider");
      chain.nextWindow();
    }
    assertEquals(0, chain.provider("provider").generation());
    assertEquals(0, chain.provider("provider").misses());
  }

  @Test
  void anEndedProviderCanBeginAgain() {
    deal(20);
    chain.nextWindows(4);
    market.settle("settler", "provider");
    Market.Deal again = market.store("renter", "provider", CONTENT, PRICE, COLLATERAL, 5);
    chain.nextWindow();
    market.prove("provider");
    chain.nextWindow();
    assertEquals(20, chain.contract(again.id()).books().provenLeaves());
    assertEquals(Phase.ACTIVE, chain.contract(again.id()).phase());
  }

  @Test
  void lazySettlementEqualsEagerSettlement() {
    MiniChain other = MiniChain.start("renter", "provider", "settler");
    run(chain, market, true);
    run(other, new Market(other), false);
    assertEquals(chain.provider("provider").funds(), other.provider("provider").funds());
    assertEquals(chain.provider("provider").escrow(), other.provider("provider").escrow());
    assertEquals(chain.balance(StorageAbi.ADDRESS), other.balance(StorageAbi.ADDRESS));
  }

  private static void run(MiniChain chain, Market market, boolean eager) {
    market.deposit("provider", Amount.of(1_000_000_000));
    Market.Deal first = market.store("renter", "provider", CONTENT, PRICE, COLLATERAL, 30);
    market.store("renter", "provider", Content.of(5, 1), PRICE, COLLATERAL, 7);
    for (int window = 0; window < 12; window++) {
      chain.nextWindow();
      if (eager && window > 0) {
        chain.ok("provider", new StorageCall.Withdraw(Amount.of(20)));
        market.deposit("provider", Amount.of(20));
      }
      if (window % 3 == 0) {
        market.prove("provider");
      }
      if (window == 4) {
        market.revise(first, Content.of(6, 1));
      }
    }
    chain.ok("provider", new StorageCall.Withdraw(Amount.of(20)));
  }

  static List<StorageEvent> events(TransactionResult result) {
    return result.logs().stream().map(PaymentTest::event).toList();
  }

  private static StorageEvent event(Log log) {
    try {
      return StorageEvent.decode(log).orElseThrow();
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }
}
