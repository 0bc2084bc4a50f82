package org.bitcloud.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.Phase;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageEvent;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A chain that was off for ten windows punishes nobody, and every term is one window longer.
class SwitchedOffTest {
  private static final long PRICE = 20_000;
  private static final int WINDOWS = 8;

  private final SimulatedChain chain =
      SimulatedChain.start(SimulationSetup.of(4, "renter", "settler", "early", "late"));
  private final SimulatedRenter renter = new SimulatedRenter(chain, "renter");
  private final SimulatedProvider early = new SimulatedProvider(chain, "early");
  private final SimulatedProvider late = new SimulatedProvider(chain, "late");

  @AfterEach
  void stop() {
    chain.close();
  }

  private Deal store(SimulatedProvider provider) {
    provider.deposit(Amount.of(10_000_000));
    chain.nextBlock();
    Deal deal = renter.form(provider, new SimulatedRenter.Offer(1, PRICE, 60_000, WINDOWS + 1));
    chain.nextBlock();
    Hash _ = renter.store(deal, Data.sectors(0, 1));
    chain.nextBlock();
    return deal;
  }

  private void proveBoth() {
    List<Hash> proofs = List.of(early.prove().orElseThrow(), late.prove().orElseThrow());
    chain.nextBlock();
    proofs.forEach(chain::succeeded);
  }

  @Test
  void punishesNobodyAndMakesTermsOneWindowLonger() {
    Deal first = store(early);
    Deal second = store(late);
    for (int window = 1; window <= 3; window++) {
      chain.nextWindow();
      proveBoth();
    }
    chain.nextWindow();
    // In window 4 one has proven and the other has not when the chain stops.
    Hash proof = early.prove().orElseThrow();
    chain.nextBlock();
    chain.succeeded(proof);
    long leftBefore = chain.contract(second.id()).windowsLeft();

    chain.switchOff(Duration.ofMillis(10 * chain.setup().windowMillis()));
    chain.nextBlock();

    assertEquals(5, chain.window().index(), "no window is caught up");
    assertTrue(chain.window(4).isVoid());
    assertEquals(leftBefore, chain.contract(second.id()).windowsLeft());
    for (SimulatedProvider provider : List.of(early, late)) {
      assertEquals(0, chain.provider(provider.address()).misses());
      assertEquals(Amount.ZERO, chain.provider(provider.address()).penalties());
    }
    for (int window = 5; window <= WINDOWS + 1; window++) {
      proveBoth();
      assertEquals(Phase.ACTIVE, chain.contract(first.id()).phase());
      chain.nextWindow();
    }
    for (SimulatedProvider provider : List.of(early, late)) {
      chain.run(chain.key("settler"), Amount.ZERO, new StorageCall.Settle(provider.address()));
      assertEquals(
          List.of(1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L),
          chain.books().settled(provider.address()).stream()
              .map(StorageEvent.Settled::window)
              .toList());
    }
    for (Deal deal : List.of(first, second)) {
      ContractStatus contract = chain.contract(deal.id());
      assertEquals(Phase.ENDED, contract.phase());
      assertEquals(Amount.of(WINDOWS * PRICE), contract.books().paid());
      assertEquals(0, contract.books().missedLeaves());
    }
  }

  @Test
  void aPauseShorterThanHalfAWindowVoidsNothing() {
    Deal deal = store(early);
    chain.nextWindow();
    Hash proof = early.prove().orElseThrow();
    chain.nextBlock();
    chain.succeeded(proof);
    chain.switchOff(Duration.ofMillis(chain.setup().windowMillis() / 4));
    chain.nextWindow();
    assertEquals(2, chain.window().index());
    assertEquals(Amount.of(PRICE), chain.contract(deal.id()).books().paid());
  }
}
