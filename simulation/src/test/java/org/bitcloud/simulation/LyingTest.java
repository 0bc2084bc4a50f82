package org.bitcloud.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.contracts.storage.StorageProof;
import org.bitcloud.contracts.storage.StorageRule;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Six providers that have all their data and answer with something else; each is refused by the
/// rule for its lie, earns nothing, and pays as if it had been silent.
class LyingTest {
  private static final long COLLATERAL = 60_000;
  private static final int SECTORS = 2;

  private enum Lie {
    /// The very transaction of an earlier window.
    REPLAY(StorageRule.WINDOW_NOT_OPEN),
    /// The proof of an earlier window, said to be for this one.
    OTHER_WINDOW(StorageRule.LEAF_NOT_DRAWN),
    /// The leaf beside the one that was drawn, with a path that fits it.
    NEIGHBOUR(StorageRule.PROOF_WRONG),
    /// The right leaves, with another leaf's path.
    WRONG_PATH(StorageRule.PROOF_WRONG),
    /// An honest provider's proof, sent as one's own.
    OTHER_CONTRACT(StorageRule.CONTRACT_NOT_DRAWN),
    /// An honest provider's leaves of the drawn numbers, for one's own contract.
    OTHER_DATA(StorageRule.PROOF_WRONG);

    private final StorageRule rule;

    Lie(StorageRule rule) {
      this.rule = rule;
    }
  }

  private record Earlier(long window, StorageProof proof) {}

  private final SimulatedChain chain =
      SimulatedChain.start(
          SimulationSetup.of(
              3,
              "renter",
              "honest",
              "REPLAY",
              "OTHER_WINDOW",
              "NEIGHBOUR",
              "WRONG_PATH",
              "OTHER_CONTRACT",
              "OTHER_DATA"));
  private final SimulatedRenter renter = new SimulatedRenter(chain, "renter");
  private final SimulatedProvider honest = new SimulatedProvider(chain, "honest");
  private final Map<Lie, SimulatedProvider> liars = new EnumMap<>(Lie.class);
  private final Map<Lie, Deal> deals = new EnumMap<>(Lie.class);
  private final Map<Lie, Earlier> earlier = new EnumMap<>(Lie.class);

  @AfterEach
  void stop() {
    chain.close();
  }

  private void formContracts() {
    honest.deposit(Amount.of(10_000_000));
    for (Lie lie : Lie.values()) {
      SimulatedProvider liar = new SimulatedProvider(chain, lie.name());
      liar.deposit(Amount.of(10_000_000));
      liars.put(lie, liar);
    }
    chain.nextBlock();
    SimulatedRenter.Offer offer = new SimulatedRenter.Offer(SECTORS, 20_000, COLLATERAL, 50);
    Deal good = renter.form(honest, offer);
    liars.forEach((lie, liar) -> deals.put(lie, renter.form(liar, offer)));
    chain.nextBlock();
    Hash _ = renter.store(good, Data.sectors(0, SECTORS));
    deals.values().forEach(deal -> renter.store(deal, Data.sectors(2, SECTORS)));
    chain.nextBlock();
  }

  private void allProve() {
    List<Hash> proofs = new ArrayList<>();
    proofs.add(honest.prove().orElseThrow());
    long window = chain.window().index();
    liars.forEach(
        (lie, liar) -> {
          StorageProof proof = liar.proof().orElseThrow();
          earlier.put(lie, new Earlier(window, proof));
          proofs.add(liar.prove(window, proof));
        });
    chain.nextBlock();
    proofs.forEach(chain::succeeded);
  }

  private Hash tell(Lie lie) {
    SimulatedProvider liar = liars.get(lie);
    Earlier before = earlier.get(lie);
    assertTrue(liar != null && before != null);
    long window = chain.window().index();
    return switch (lie) {
      case REPLAY -> liar.prove(before.window(), before.proof());
      case OTHER_WINDOW -> liar.prove(window, before.proof());
      default -> liar.prove(window, new StorageProof(List.of(lie(lie, liar))));
    };
  }

  private StorageProof.Answer lie(Lie lie, SimulatedProvider liar) {
    StorageProof.Answer truth = liar.proof().orElseThrow().answers().getFirst();
    Hash contract = truth.contractId();
    long drawn = truth.indices().getFirst();
    StorageProof.Answer others = honest.proof().orElseThrow().answers().getFirst();
    return switch (lie) {
      case NEIGHBOUR -> {
        StorageProof.Answer neighbour = liar.answer(contract, List.of(drawn ^ 1));
        yield new StorageProof.Answer(
            contract, List.of(drawn), neighbour.leaves(), neighbour.siblings());
      }
      case WRONG_PATH -> {
        Bytes path = liar.answer(contract, List.of(drawn ^ 1)).siblings();
        StorageProof.Answer one = liar.answer(contract, List.of(drawn));
        yield new StorageProof.Answer(contract, one.indices(), one.leaves(), path);
      }
      case OTHER_CONTRACT -> others;
      case OTHER_DATA -> {
        StorageProof.Answer same = honest.answer(others.contractId(), truth.indices());
        yield new StorageProof.Answer(contract, same.indices(), same.leaves(), same.siblings());
      }
      case REPLAY, OTHER_WINDOW -> throw new IllegalArgumentException("needs an earlier proof");
    };
  }

  private void allLie() {
    Map<Lie, Hash> lies = new EnumMap<>(Lie.class);
    liars.keySet().forEach(lie -> lies.put(lie, tell(lie)));
    Hash truth = honest.prove().orElseThrow();
    chain.nextBlock();
    chain.succeeded(truth);
    lies.forEach(
        (lie, hash) -> {
          Receipt receipt = chain.receipt(hash);
          assertFalse(receipt.success(), lie.name());
          assertEquals(List.of(), receipt.logs());
          assertEquals(
              lie.rule.code(), SimulatedChain.reason(receipt).split(" ", 2)[0], lie.name());
        });
  }

  @Test
  void liarsEarnNothingAndPayForTheirMisses() {
    formContracts();
    chain.nextWindow();
    allProve();
    chain.nextWindow();
    Amount earned = chain.provider(honest.address()).earned();
    allLie();
    chain.nextWindow();
    allLie();
    chain.nextWindow();
    for (Lie lie : Lie.values()) {
      ProviderStatus liar = status(lie);
      assertEquals(earned, liar.earned(), lie.name());
      assertEquals(2, liar.misses(), lie.name());
      assertEquals(Amount.of(2 * 20 * SECTORS * COLLATERAL / 60), liar.penalties(), lie.name());
    }
    assertEquals(earned.times(3), chain.provider(honest.address()).earned());
    assertEquals(Amount.ZERO, chain.provider(honest.address()).penalties());

    // A last chance taken: the truth is paid as if nothing had been.
    allProve();
    chain.nextWindow();
    for (Lie lie : Lie.values()) {
      assertEquals(earned.times(2), status(lie).earned(), lie.name());
      assertEquals(0, status(lie).misses(), lie.name());
    }
  }

  private ProviderStatus status(Lie lie) {
    SimulatedProvider liar = liars.get(lie);
    assertTrue(liar != null);
    return chain.provider(liar.address());
  }
}
