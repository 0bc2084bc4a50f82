package org.bitcloud.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcloud.contracts.storage.Challenge;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageEvent;
import org.bitcloud.contracts.storage.StorageProof;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Providers that lost a part of what they are paid for are caught as often as chance says, and
/// lose just that much.
///
/// In 200 windows of 20 draws the number of caught leaves is binomial with 4,000 tries. It must lie
/// in the range that an honest draw leaves once in a million runs: 136 to 271 of 4,000 at 5 %,
/// 1,845 to 2,155 at 50 %.
class LossTest {
  private static final int WINDOWS = 200;
  private static final double OUTSIDE = 1e-6;
  private static final long PRICE = 20_000;
  private static final long COLLATERAL = 60_000;

  private final SimulatedChain chain =
      SimulatedChain.start(SimulationSetup.of(2, "renter", "settler", "whole", "5 %", "50 %"));
  private final SimulatedRenter renter = new SimulatedRenter(chain, "renter");
  private final List<SimulatedProvider> providers = new ArrayList<>();
  private final Map<SimulatedProvider, List<Deal>> deals = new HashMap<>();
  // What each contract missed by the challenges and the provider's own knowledge.
  private final Map<Hash, Integer> missed = new HashMap<>();

  @AfterEach
  void stop() {
    chain.close();
  }

  /// So many contracts that none runs out of collateral, of one sector each.
  private SimulatedProvider provider(String name, int contracts, double lost) {
    SimulatedProvider provider = new SimulatedProvider(chain, name);
    provider.deposit(Amount.of(100_000_000));
    chain.nextBlock();
    List<Deal> formed = new ArrayList<>();
    for (int i = 0; i < contracts; i++) {
      formed.add(
          renter.form(provider, new SimulatedRenter.Offer(1, PRICE, COLLATERAL, WINDOWS + 10)));
    }
    chain.nextBlock();
    for (int i = 0; i < contracts; i++) {
      Hash _ = renter.store(formed.get(i), Data.sectors(i % 4, 1));
    }
    chain.nextBlock();
    provider.lose(lost);
    deals.put(provider, formed);
    providers.add(provider);
    return provider;
  }

  private void run() {
    for (int window = 0; window < WINDOWS; window++) {
      chain.nextWindow();
      List<Hash> proofs = new ArrayList<>();
      for (SimulatedProvider provider : providers) {
        StorageProof proof = provider.proof().orElseThrow();
        Set<Challenge.Drawn> there = leavesOf(proof);
        Challenge challenge = chain.challenge(provider.address());
        for (Challenge.Drawn drawn : challenge.leaves()) {
          missed.merge(drawn.contractId(), there.contains(drawn) ? 0 : 1, Integer::sum);
        }
        proofs.add(provider.prove(challenge.window(), proof));
      }
      chain.nextBlock();
      proofs.forEach(chain::succeeded);
    }
    chain.nextWindow();
    for (SimulatedProvider provider : providers) {
      chain.run(chain.key("settler"), Amount.ZERO, new StorageCall.Settle(provider.address()));
    }
  }

  private static Set<Challenge.Drawn> leavesOf(StorageProof proof) {
    Set<Challenge.Drawn> leaves = new HashSet<>();
    for (StorageProof.Answer answer : proof.answers()) {
      answer
          .indices()
          .forEach(index -> leaves.add(new Challenge.Drawn(answer.contractId(), index)));
    }
    return leaves;
  }

  @Test
  void theyAreCaughtAsOftenAsChanceSaysAndLoseCollateralInProportion() {
    SimulatedProvider whole = provider("whole", 4, 0);
    SimulatedProvider twentieth = provider("5 %", 16, 0.05);
    SimulatedProvider half = provider("50 %", 64, 0.5);
    assertEquals(0, chain.window().index(), "all contracts are due from window 1 on");
    run();

    assertEquals(0, assertExact(whole));
    long caughtTwentieth = assertExact(twentieth);
    assertEquals(new BinomialBounds(136, 271), BinomialBounds.of(20 * WINDOWS, 0.05, OUTSIDE));
    assertTrue(
        BinomialBounds.of(20 * WINDOWS, 0.05, OUTSIDE).contains(caughtTwentieth),
        "5 %: " + caughtTwentieth);
    long caughtHalf = assertExact(half);
    assertEquals(new BinomialBounds(1_845, 2_155), BinomialBounds.of(20 * WINDOWS, 0.5, OUTSIDE));
    assertTrue(
        BinomialBounds.of(20 * WINDOWS, 0.5, OUTSIDE).contains(caughtHalf), "50 %: " + caughtHalf);
  }

  /// Compares every contract and every settled window with what was missed; returns how much.
  private long assertExact(SimulatedProvider provider) {
    long caught = 0;
    for (Deal deal : deals.getOrDefault(provider, List.of())) {
      int own = missed.getOrDefault(deal.id(), 0);
      ContractStatus.Books books = chain.contract(deal.id()).books();
      assertEquals(own, books.missedLeaves());
      assertEquals(Amount.of(COLLATERAL - own * COLLATERAL / 60), books.collateral());
      caught += own;
    }
    ProviderStatus status = chain.provider(provider.address());
    assertEquals(Amount.of(caught * COLLATERAL / 60), status.penalties());
    assertEquals(0, status.generation());

    Amount due = Amount.of(PRICE).times(deals.getOrDefault(provider, List.of()).size());
    Amount taken = Amount.ZERO;
    for (StorageEvent.Settled window : chain.books().settled(provider.address())) {
      assertEquals(due.times(window.proven()).dividedBy(20), window.gross());
      assertEquals(Amount.of((20 - window.proven()) * COLLATERAL / 60), window.penalty());
      // All that is taken is burned, but for a thousandth where a settler was needed.
      long settlerBps = window.reward().isZero() ? 0 : 10;
      assertEquals(
          window
              .gross()
              .timesRatio(200, 10_000)
              .plus(window.penalty())
              .minus(window.penalty().timesRatio(settlerBps, 10_000)),
          window.burned());
      taken = taken.plus(window.penalty());
    }
    assertEquals(status.penalties(), taken);
    return caught;
  }
}
