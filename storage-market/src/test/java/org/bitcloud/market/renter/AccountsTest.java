package org.bitcloud.market.renter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.storage.Phase;
import org.bitcloud.contracts.storage.StorageParameters;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.provider.PriceOffer;
import org.bitcloud.market.sector.MemorySectorStore;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What things cost, where they go, and what the account has.
class AccountsTest {
  private static final Duration TERM = TestMarket.WINDOW.multipliedBy(10);

  @TempDir Path folder;

  @Test
  void theEstimateIsWhatAPutLocksAndAnUpperBoundOfItsFees() throws Exception {
    try (TestMarket market = TestMarket.start(6)) {
      Desk desk = new Desk(market, folder);
      PutOptions options = PutOptions.DEFAULT.withTerm(TERM);
      Amount before = desk.balance();
      CostEstimate estimate = desk.renter().cost(9_000_000, options);
      assertEquals(before, desk.balance());
      assertEquals(new Erasure(2, 6), estimate.erasure());
      // Two slabs and the manifest, for ten windows and the one in which they are formed.
      assertEquals(3, estimate.sectorsEach());
      assertEquals(11, estimate.windows());
      assertEquals(TestMarket.OFFER.storage().times(3 * 11 * 6), estimate.escrow());
      assertEquals(0.9954, estimate.availability(), 0.0001);

      PutResult put = desk.put(desk.file("a", 9_000_000), options);
      assertEquals(estimate.escrow(), put.escrow());
      assertTrue(put.fees().compareTo(estimate.fees()) <= 0, put.fees() + " of fees");
      // Not one drop moved that is not explained.
      assertEquals(before.minus(put.cost()), desk.balance());
    }
  }

  @Test
  void whatIsOverTheBudgetOrTheBalanceIsNotBegun() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", 1000);
      Amount before = desk.balance();
      Amount total = desk.renter().cost(1000, PutOptions.DEFAULT).total();
      MarketException over =
          assertThrows(
              MarketException.class,
              () -> desk.put(file, PutOptions.DEFAULT.withBudget(total.minus(Amount.ONE))));
      assertEquals(MarketError.OVER_BUDGET, over.error());
      assertTrue(over.getMessage().contains(total.toCloudcoins()), over.getMessage());
      Renter poor = market.renter(folder.resolve("poor"), "nobody");
      MarketException broke =
          assertThrows(
              MarketException.class,
              () -> poor.put(PutSource.file(file), PutOptions.DEFAULT, Progress.NONE));
      assertEquals(MarketError.INSUFFICIENT_FUNDS, broke.error());
      assertEquals(before, desk.balance());
      assertEquals(0, desk.running());
    }
  }

  @Test
  void theCheapestProvidersAreChosenAndTheReasonIsGiven() throws Exception {
    try (TestMarket market = TestMarket.start(5)) {
      Amount low = Amount.of(2_000);
      for (int i : new int[] {1, 3, 4}) {
        offer(market, i, low);
      }
      CostEstimate estimate =
          new Desk(market, folder)
              .renter()
              .cost(1000, PutOptions.DEFAULT.withErasure(new Erasure(1, 3)));
      List<Address> chosen =
          estimate.providers().stream().map(CostEstimate.Choice::provider).sorted().toList();
      assertEquals(
          List.of(1, 3, 4).stream().map(i -> market.node(i).key.address()).sorted().toList(),
          chosen);
      for (CostEstimate.Choice choice : estimate.providers()) {
        assertEquals(low, choice.price());
        assertTrue(choice.reason().startsWith("2000 drops"), choice.reason());
      }
    }
  }

  private static void offer(TestMarket market, int index, Amount storage) throws Exception {
    PriceOffer old = TestMarket.OFFER;
    market
        .node(index)
        .provider()
        .offer(
            new PriceOffer(
                storage,
                old.ingress(),
                old.egress(),
                old.collateral(),
                old.shortestWindows(),
                old.longestWindows()));
    market.ledger.advance(Duration.ofMillis(1));
    Address provider = market.node(index).key.address();
    market.await(
        "the new price is on chain",
        () ->
            Optional.of(new StorageClient(market.ledger).priceList(provider).storage())
                .filter(storage::equals)
                .map(_ -> true));
  }

  @Test
  void tooFewProvidersAreExplained() throws Exception {
    try (TestMarket market = TestMarket.start(2)) {
      TestMarket.Node _ = market.add(new MemorySectorStore(1));
      Desk desk = new Desk(market, folder);
      MarketException e =
          assertThrows(MarketException.class, () -> desk.renter().cost(1000, PutOptions.DEFAULT));
      assertEquals(MarketError.TOO_FEW_PROVIDERS, e.error());
      assertTrue(e.getMessage().contains("needs 3 providers, 2 are usable"), e.getMessage());
      assertTrue(e.getMessage().contains("1 no space"), e.getMessage());
    }
  }

  @Test
  void contractsCountTheWindowsThatWereProven() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      PutOptions options = PutOptions.DEFAULT.withTerm(TERM).withName("a.txt", "text/plain");
      PutResult put = desk.put(desk.file("a", 1000), options);
      Renter renter = desk.renter();
      assertTrue(renter.contracts().stream().allMatch(c -> c.windowsProven() == 0));
      for (int i = 0; i < 4; i++) {
        market.nextWindow(market.nodes());
      }
      // A window is paid when the next one settles it.
      List<ContractReport> contracts = renter.contracts();
      assertEquals(3, contracts.size());
      for (ContractReport contract : contracts) {
        assertEquals(3, contract.windowsProven());
        assertEquals(0, contract.leavesMissed());
        assertEquals(3 * StorageParameters.DRAWS, contract.status().books().provenLeaves());
        assertEquals(TestMarket.OFFER.storage().times(2 * 3), contract.status().books().paid());
        assertEquals(put.id(), contract.object());
        assertEquals("a.txt", contract.name());
        assertEquals(Phase.ACTIVE, contract.status().phase());
        assertTrue(contract.expiresMillis() > market.ledger.head().timeMillis());
      }
      ListEntry listed = renter.list().getFirst();
      assertEquals(contracts.getFirst().expiresMillis(), listed.expiresMillis());
      assertFalse(listed.isExpired());
    }
  }

  @Test
  void providersAreListedWithTheirBooks() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      PutResult _ = desk.put(desk.file("a", 1000), PutOptions.DEFAULT);
      List<OfferReport> offers = desk.renter().providers();
      assertEquals(3, offers.size());
      for (OfferReport offer : offers) {
        assertTrue(offer.isValid());
        assertEquals(TestMarket.OFFER.storage(), offer.prices().storage());
        assertEquals(1, offer.status().contracts());
        assertEquals(TestMarket.OFFER.collateral().times(2), offer.status().locked());
      }
    }
  }
}
