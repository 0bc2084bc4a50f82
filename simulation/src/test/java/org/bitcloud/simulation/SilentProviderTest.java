package org.bitcloud.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.contracts.storage.Phase;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageEvent;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Three fully missed windows end a provider, and its renters get their escrow back.
class SilentProviderTest {
  private static final Amount DEPOSIT = Amount.of(10_000_000);
  private static final long PRICE = 20_000;
  private static final long COLLATERAL = 60_000;

  private final SimulatedChain chain =
      SimulatedChain.start(SimulationSetup.of(5, "a", "b", "settler", "silent", "honest"));
  private final List<SimulatedRenter> renters =
      List.of(new SimulatedRenter(chain, "a"), new SimulatedRenter(chain, "b"));
  private final SimulatedProvider silent = new SimulatedProvider(chain, "silent");
  private final SimulatedProvider honest = new SimulatedProvider(chain, "honest");
  private final List<Deal> lost = new ArrayList<>();

  @AfterEach
  void stop() {
    chain.close();
  }

  private void formContracts() {
    silent.deposit(DEPOSIT);
    honest.deposit(DEPOSIT);
    chain.nextBlock();
    SimulatedRenter.Offer offer = new SimulatedRenter.Offer(2, PRICE, COLLATERAL, 30);
    renters.forEach(renter -> lost.add(renter.form(silent, offer)));
    Deal kept = renters.getFirst().form(honest, offer);
    chain.nextBlock();
    lost.forEach(deal -> deal.renter().store(deal, Data.sectors(0, 2)));
    Hash _ = renters.getFirst().store(kept, Data.sectors(2, 2));
    chain.nextBlock();
  }

  private void window(SimulatedProvider... proving) {
    chain.nextWindow();
    List<Hash> proofs = new ArrayList<>();
    for (SimulatedProvider provider : proving) {
      proofs.add(provider.prove().orElseThrow());
    }
    chain.nextBlock();
    proofs.forEach(chain::succeeded);
  }

  @Test
  void isEndedAndItsRentersAreRefunded() {
    formContracts();
    window(silent, honest);
    window(silent, honest);
    window(honest);
    window(honest);
    window(honest);
    chain.nextWindow();
    chain.run(chain.key("settler"), Amount.ZERO, new StorageCall.Settle(silent.address()));

    Amount paid = Amount.of(2 * 2 * PRICE);
    ProviderStatus status = chain.provider(silent.address());
    assertEquals(1, status.generation());
    assertEquals(Amount.ZERO, status.locked());
    assertEquals(Amount.of(2 * 2 * COLLATERAL), status.penalties(), "all collateral is gone");
    assertEquals(DEPOSIT.minus(status.penalties()).plus(status.earned()), status.funds());
    assertEquals(
        1, chain.books().events(StorageEvent.ProviderEnded.class).size(), "the other one goes on");
    assertEquals(0, chain.provider(honest.address()).generation());
    for (Deal deal : lost) {
      assertEquals(Phase.ABANDONED, chain.contract(deal.id()).phase());
      assertRefunded(deal, deal.terms().escrow().minus(paid));
    }
  }

  private void assertRefunded(Deal deal, Amount refund) {
    Amount before = chain.balance(deal.renter().address());
    Amount fees = chain.fees().paid(deal.renter().address());
    Hash claim = deal.renter().end(deal);
    chain.nextBlock();
    chain.succeeded(claim);
    Amount fee = chain.fees().paid(deal.renter().address()).minus(fees);
    assertEquals(before.plus(refund), chain.balance(deal.renter().address()).plus(fee));
    assertEquals(Phase.ENDED, chain.contract(deal.id()).phase());
  }
}
