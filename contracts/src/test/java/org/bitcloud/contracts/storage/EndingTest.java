package org.bitcloud.contracts.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.contracts.TransactionResult;
import org.bitcloud.contracts.storage.Market.Deal;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How contracts end, and that both sides get exactly their rest.
class EndingTest {
  private static final Content CONTENT = Content.of(1, 1);
  private static final long PRICE = 2_000;
  private static final long COLLATERAL = 6_000;
  private static final Amount FUNDS = Amount.of(1_000_000_000);

  private final MiniChain chain = MiniChain.start("renter", "provider", "other");
  private final Market market = new Market(chain);

  @BeforeEach
  void deposit() {
    market.deposit("provider", FUNDS);
  }

  private StorageEvent.ContractEnded ended(TransactionResult result) {
    return PaymentTest.events(result).stream()
        .filter(StorageEvent.ContractEnded.class::isInstance)
        .map(StorageEvent.ContractEnded.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void settlingClosesAContractWhoseTermIsOver() {
    Deal deal = market.store("renter", "provider", CONTENT, PRICE, COLLATERAL, 4);
    for (int i = 0; i < 3; i++) {
      chain.nextWindow();
      market.prove("provider");
    }
    chain.nextWindow();
    Amount before = chain.balance(MiniChain.address("renter"));
    StorageEvent.ContractEnded event = ended(market.settle("other", "provider"));
    assertEquals(EndReason.EXPIRED, event.reason());
    assertEquals(Amount.of(3 * PRICE), event.paid());
    assertEquals(Amount.of(PRICE), event.refund());
    assertEquals(Amount.of(COLLATERAL), event.collateralBack());
    assertEquals(before.plus(event.refund()), chain.balance(MiniChain.address("renter")));
    assertEquals(Amount.ZERO, chain.challenge("provider").due());
    assertEquals(0, chain.provider("provider").contracts());
    assertEquals(deal.id(), event.contractId());
  }

  @Test
  void anEndedContractIsNotDrawnEvenIfNobodySettled() {
    market.store("renter", "provider", CONTENT, PRICE, COLLATERAL, 2);
    Deal longer = market.store("renter", "provider", Content.of(2, 1), PRICE, COLLATERAL, 20);
    chain.nextWindow();
    market.prove("provider");
    chain.nextWindow();
    Challenge challenge = chain.challenge("provider");
    assertEquals(Amount.of(PRICE), challenge.due());
    assertTrue(challenge.leaves().stream().allMatch(d -> d.contractId().equals(longer.id())));
  }

  @Test
  void endingEarlyCostsThreeWindowsAndActsFromTheNext() {
    Deal deal = market.store("renter", "provider", CONTENT, PRICE, COLLATERAL, 20);
    chain.nextWindow();
    TransactionResult result = chain.ok("renter", new StorageCall.End(deal.id()));
    assertEquals(
        new StorageEvent.ContractEnding(
            deal.id(), deal.terms().renter(), deal.terms().provider(), Amount.of(3 * PRICE)),
        PaymentTest.events(result).getFirst());
    assertEquals(Phase.ENDING, chain.contract(deal.id()).phase());
    assertEquals(1, chain.contract(deal.id()).windowsLeft());
    assertEquals(Amount.of(PRICE), chain.challenge("provider").due(), "still due in this window");
    market.prove("provider");
    chain.nextWindow();
    assertEquals(Amount.ZERO, chain.challenge("provider").due());
    StorageEvent.ContractEnded event = ended(market.settle("other", "provider"));
    assertEquals(EndReason.EARLY, event.reason());
    assertEquals(Amount.of(4 * PRICE), event.paid());
    assertEquals(Amount.of(16 * PRICE), event.refund());
  }

  @Test
  void anEarlyEndInAVoidWindowCanBeFinishedByAnybody() {
    Deal deal = market.store("renter", "provider", CONTENT, PRICE, COLLATERAL, 20);
    chain.nextWindow();
    chain.ok("renter", new StorageCall.End(deal.id()));
    chain.sleep(1);
    StorageEvent.ContractEnded event = ended(chain.ok("other", new StorageCall.End(deal.id())));
    assertEquals(Amount.of(17 * PRICE), event.refund());
    chain.nextWindows(3);
    assertEquals(Phase.ENDED, chain.contract(deal.id()).phase());
    chain.ok("provider", new StorageCall.Withdraw(Amount.ONE));
  }

  @Test
  void theFeeOfAnEarlyEndNeverExceedsTheEscrow() {
    Deal deal = market.store("renter", "provider", CONTENT, PRICE, COLLATERAL, 3);
    chain.nextWindow();
    chain.ok("renter", new StorageCall.End(deal.id()));
    assertEquals(Amount.of(PRICE), chain.contract(deal.id()).books().escrow());
    market.prove("provider");
    chain.nextWindow();
    StorageEvent.ContractEnded event = ended(market.settle("other", "provider"));
    assertEquals(Amount.ZERO, event.refund());
    assertEquals(Amount.of(3 * PRICE), event.paid());
  }

  @Test
  void aContractWithoutARevisionEndsFreeOfChargeForEitherSide() {
    Deal byRenter = market.form("renter", "provider", 1, PRICE, COLLATERAL, 20);
    Deal byProvider = market.form("renter", "provider", 1, PRICE, COLLATERAL, 20);
    assertEquals("STO-81", chain.refusal("provider", new StorageCall.End(byProvider.id())));
    chain.nextWindows(3);
    for (var end : List.of(List.of("renter", byRenter), List.of("provider", byProvider))) {
      Deal deal = (Deal) end.getLast();
      StorageEvent.ContractEnded event =
          ended(chain.ok((String) end.getFirst(), new StorageCall.End(deal.id())));
      assertEquals(EndReason.IDLE, event.reason());
      assertEquals(deal.terms().escrow(), event.refund());
      assertEquals(Amount.of(COLLATERAL), event.collateralBack());
    }
    assertEquals(FUNDS, chain.provider("provider").funds());
  }

  @Test
  void aShrunkContractKeepsPayingForWhatIsLeft() {
    Deal deal = market.form("renter", "provider", 2, PRICE, COLLATERAL, 10);
    market.revise(deal, Content.of(3, 2));
    chain.nextWindow();
    market.revise(deal, CONTENT);
    market.prove("provider");
    chain.nextWindow();
    market.prove("provider");
    chain.nextWindow();
    assertEquals(Amount.of(3 * PRICE), chain.contract(deal.id()).books().paid());
  }

  @Test
  void aContractEmptiedByRevisionIsNeverDrawn() {
    Deal deal = market.store("renter", "provider", CONTENT, PRICE, COLLATERAL, 10);
    chain.nextWindow();
    market.revise(deal, Content.of(9, 0));
    market.prove("provider");
    chain.nextWindow();
    assertEquals(Amount.ZERO, chain.challenge("provider").due());
    chain.nextWindows(4);
    assertEquals(Amount.ZERO, chain.provider("provider").penalties());
    assertEquals(Phase.ACTIVE, chain.contract(deal.id()).phase());
  }

  @Test
  void slotsAreUsedAgain() {
    List<Deal> deals = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      deals.add(market.store("renter", "provider", Content.of(i, 1), PRICE, COLLATERAL, 2));
    }
    chain.nextWindow();
    market.prove("provider");
    chain.nextWindow();
    market.settle("other", "provider");
    for (int i = 0; i < 5; i++) {
      deals.add(market.store("renter", "provider", Content.of(i, 1), PRICE, COLLATERAL, 9));
    }
    chain.nextWindow();
    List<Hash> alive = deals.subList(5, 10).stream().map(Deal::id).toList();
    Challenge challenge = chain.challenge("provider");
    assertEquals(Amount.of(5 * PRICE), challenge.due());
    assertTrue(challenge.leaves().stream().allMatch(d -> alive.contains(d.contractId())));
    assertEquals(5, chain.provider("provider").contracts());
    market.prove("provider");
    assertEquals(20, chain.provider("provider").proven());
  }

  @Test
  void moreEndsThanOneCallSettlesAreSettledInSeveral() {
    for (int ordinal = 2; ordinal < 4; ordinal++) {
      for (int i = 0; i < 50; i++) {
        market.form("renter", "provider", 1, PRICE, COLLATERAL, ordinal);
      }
    }
    chain.nextWindows(5);
    assertEquals("STO-71", chain.refusal("provider", new StorageCall.Withdraw(Amount.ONE)));
    market.settle("other", "provider");
    assertTrue(chain.provider("provider").unsettled() > 0);
    market.settle("other", "provider");
    assertEquals(0, chain.provider("provider").contracts());
    assertEquals(FUNDS, chain.provider("provider").funds());
    chain.checkBooks();
  }

  @Test
  void bothPartiesFindTheirContracts() {
    Deal deal = market.form("renter", "provider", 1, PRICE, COLLATERAL, 20);
    Deal second = market.form("renter", "provider", 1, PRICE, COLLATERAL, 20);
    for (String party : List.of("renter", "provider")) {
      Page<Hash> page =
          chain.view(
              new StorageCall.ContractsOf(MiniChain.address(party), 0, 100),
              StorageResults::contractsOf);
      assertEquals(new Page<>(2, List.of(deal.id(), second.id())), page);
      assertEquals(
          new Page<>(2, List.of(second.id())),
          chain.view(
              new StorageCall.ContractsOf(MiniChain.address(party), 1, 1),
              StorageResults::contractsOf));
    }
  }
}
