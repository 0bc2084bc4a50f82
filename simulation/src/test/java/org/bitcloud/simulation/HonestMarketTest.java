package org.bitcloud.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.EndReason;
import org.bitcloud.contracts.storage.Phase;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageEvent;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Four honest providers with three contracts each, through a whole term of 200 windows.
class HonestMarketTest {
  private static final int WINDOWS = 200;
  private static final Amount DEPOSIT = Amount.of(10_000_000);

  private final SimulatedChain chain =
      SimulatedChain.start(SimulationSetup.of(1, "renter", "settler", "p-0", "p-1", "p-2", "p-3"));
  private final SimulatedRenter renter = new SimulatedRenter(chain, "renter");
  private final List<SimulatedProvider> providers =
      IntStream.range(0, 4).mapToObj(i -> new SimulatedProvider(chain, "p-" + i)).toList();
  private final Map<Deal, Integer> deals = new HashMap<>();

  @AfterEach
  void stop() {
    chain.close();
  }

  private static long price(int provider) {
    return 20_020L * (provider + 1);
  }

  private void formContracts() {
    providers.forEach(provider -> provider.deposit(DEPOSIT));
    chain.nextBlock();
    for (int p = 0; p < providers.size(); p++) {
      for (int sectors = 1; sectors <= 3; sectors++) {
        SimulatedRenter.Offer offer =
            new SimulatedRenter.Offer(sectors + 1, price(p), 60_060, WINDOWS + 1);
        deals.put(renter.form(providers.get(p), offer), sectors);
      }
    }
    chain.nextBlock();
    List<Hash> revised = new ArrayList<>();
    deals.forEach(
        (deal, sectors) -> revised.add(renter.store(deal, Data.sectors(sectors, sectors))));
    chain.nextBlock();
    revised.forEach(chain::succeeded);
    assertEquals(0, chain.window().index());
  }

  private void proveAllWindows() {
    for (int window = 1; window <= WINDOWS; window++) {
      chain.nextWindow();
      assertEquals(window, chain.window().index());
      List<Hash> proofs =
          providers.stream().map(provider -> provider.prove().orElseThrow()).toList();
      chain.nextBlock();
      proofs.forEach(chain::succeeded);
    }
    chain.nextWindow();
    for (SimulatedProvider provider : providers) {
      chain.run(chain.key("settler"), Amount.ZERO, new StorageCall.Settle(provider.address()));
    }
  }

  @Test
  void everyWindowIsProvenAndPaidToTheDrop() {
    formContracts();
    proveAllWindows();
    for (int p = 0; p < providers.size(); p++) {
      assertPaid(providers.get(p).address(), 6 * price(p));
    }
    deals.forEach(this::assertEnded);
    assertRenterSpentWhatWasPaid();
  }

  private void assertPaid(Address provider, long due) {
    List<StorageEvent.Settled> settled = chain.books().settled(provider);
    assertEquals(
        LongStream.rangeClosed(1, WINDOWS).boxed().toList(),
        settled.stream().map(StorageEvent.Settled::window).toList());
    Amount earned = Amount.ZERO;
    for (StorageEvent.Settled window : settled) {
      assertEquals(20, window.proven());
      assertEquals(Amount.of(due), window.gross());
      assertEquals(Amount.ZERO, window.penalty());
      assertEquals(Amount.of(due * 200 / 10_000), window.burned());
      // Its next proof settles a window for nothing; only the last one needs a settler.
      long reward = window.window() == WINDOWS ? due * 10 / 10_000 : 0;
      assertEquals(Amount.of(reward), window.reward());
      assertEquals(window.gross(), window.pay().plus(window.burned()).plus(window.reward()));
      earned = earned.plus(window.pay());
    }
    assertEquals(earned, chain.provider(provider).earned());
    assertEquals(DEPOSIT.plus(earned), chain.provider(provider).funds());
    assertEquals(Amount.ZERO, chain.provider(provider).locked());
  }

  private void assertEnded(Deal deal, int sectors) {
    ContractStatus contract = chain.contract(deal.id());
    Amount paid = deal.terms().price().times(sectors).times(WINDOWS);
    assertEquals(Phase.ENDED, contract.phase());
    assertEquals(20L * WINDOWS, contract.books().provenLeaves());
    assertEquals(paid, contract.books().paid());
    StorageEvent.ContractEnded ended =
        chain.books().events(StorageEvent.ContractEnded.class).stream()
            .filter(event -> event.contractId().equals(deal.id()))
            .findFirst()
            .orElseThrow();
    assertEquals(EndReason.EXPIRED, ended.reason());
    assertEquals(deal.terms().escrow().minus(paid), ended.refund());
    assertEquals(deal.terms().totalCollateral(), ended.collateralBack());
  }

  private void assertRenterSpentWhatWasPaid() {
    Amount paid =
        chain.books().events(StorageEvent.Settled.class).stream()
            .map(StorageEvent.Settled::gross)
            .reduce(Amount.ZERO, Amount::plus);
    Amount spent =
        SimulationSetup.WEALTH
            .minus(chain.balance(renter.address()))
            .minus(chain.fees().paid(renter.address()));
    assertEquals(paid, spent);
  }
}
