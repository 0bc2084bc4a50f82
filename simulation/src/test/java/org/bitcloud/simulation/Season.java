package org.bitcloud.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bitcloud.contracts.storage.Phase;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageEvent;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;

/// Windows in which renters and providers do whatever chance says, lose data, fall silent, quarrel
/// with the rules, and the chain is off now and then. At the end everybody takes its coins back.
final class Season implements AutoCloseable {
  private static final int PROVIDERS = 4;
  private static final int RENTERS = 3;
  private static final int TERM_MAX = 10;

  final SimulatedChain chain;
  private final RandomGenerator random;
  private final List<SimulatedProvider> providers;
  private final List<SimulatedRenter> renters;
  private final Map<SimulatedProvider, Integer> silent = new HashMap<>();
  private final List<Deal> deals = new ArrayList<>();

  Season(long seed) {
    chain =
        SimulatedChain.start(
            SimulationSetup.of(seed, "r-0", "r-1", "r-2", "p-0", "p-1", "p-2", "p-3"));
    random = chain.setup().random("season");
    providers =
        IntStream.range(0, PROVIDERS)
            .mapToObj(i -> new SimulatedProvider(chain, "p-" + i))
            .toList();
    renters =
        IntStream.range(0, RENTERS).mapToObj(i -> new SimulatedRenter(chain, "r-" + i)).toList();
    providers.forEach(provider -> provider.deposit(Amount.of(3_000_000)));
    chain.nextBlock();
  }

  void run(int windows) {
    for (int i = 0; i < windows; i++) {
      chain.nextWindow();
      prove();
      for (int actions = random.nextInt(4); actions > 0; actions--) {
        act();
        chain.nextBlock();
      }
      if (random.nextInt(10) == 0) {
        chain.switchOff(Duration.ofMillis(random.nextLong(3 * chain.setup().windowMillis())));
      }
    }
  }

  private void prove() {
    for (SimulatedProvider provider : providers) {
      int left = silent.merge(provider, -1, Integer::sum);
      if (left < 0) {
        var _ = provider.prove();
      }
    }
    chain.nextBlock();
  }

  private void act() {
    SimulatedProvider provider = pick(providers);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> form(provider);
      case 3, 4 -> store();
      case 5 -> end();
      case 6 -> provider.deposit(Amount.of(random.nextLong(1, 1_000_000)));
      case 7 -> withdraw(provider, Amount.of(random.nextLong(1, 1_000_000)));
      case 8 ->
          chain.submit(
              pick(renters).key(), Amount.ZERO, new StorageCall.Settle(provider.address()));
      default -> misbehave(provider);
    }
  }

  private void form(SimulatedProvider provider) {
    long price = 20 * random.nextLong(1, 1_000);
    long collateral = 60 * random.nextLong(0, 1_000);
    Deal deal =
        pick(renters)
            .form(
                provider,
                new SimulatedRenter.Offer(
                    random.nextInt(1, 4), price, collateral, random.nextInt(1, TERM_MAX)));
    deals.add(deal);
    chain.nextBlock();
    store(deal);
  }

  private void store() {
    if (!deals.isEmpty()) {
      store(pick(deals));
    }
  }

  // Now and then one sector too many, or none.
  private void store(Deal deal) {
    int sectors = random.nextInt((int) deal.terms().maxSectors() + 2);
    deal.renter().store(deal, Data.sectors(random.nextInt(4), sectors));
  }

  private void end() {
    if (!deals.isEmpty()) {
      Deal deal = pick(deals);
      deal.renter().end(deal);
    }
  }

  private void withdraw(SimulatedProvider provider, Amount amount) {
    Hash _ = chain.submit(provider.key(), Amount.ZERO, new StorageCall.Withdraw(amount));
  }

  private void misbehave(SimulatedProvider provider) {
    if (random.nextBoolean() || deals.isEmpty()) {
      silent.put(provider, random.nextInt(1, 5));
    } else {
      Deal deal = pick(deals);
      deal.provider().lose(deal);
    }
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /// Lets all contracts come to their end, claims everything that is left, withdraws all funds.
  void wrapUp() {
    for (int i = 0; i < TERM_MAX + 2; i++) {
      chain.nextWindow();
      silent.clear();
      prove();
    }
    for (SimulatedProvider provider : providers) {
      Hash _ =
          chain.submit(
              renters.getFirst().key(), Amount.ZERO, new StorageCall.Settle(provider.address()));
    }
    chain.nextBlock();
    for (Deal deal : deals) {
      if (formed(deal) && chain.contract(deal.id()).phase() == Phase.ABANDONED) {
        deal.renter().end(deal);
        chain.nextBlock();
      }
    }
    for (SimulatedProvider provider : providers) {
      Amount funds = chain.provider(provider.address()).funds();
      if (!funds.isZero()) {
        withdraw(provider, funds);
      }
    }
    chain.nextBlock();
  }

  private boolean formed(Deal deal) {
    return chain.books().events(StorageEvent.ContractFormed.class).stream()
        .anyMatch(event -> event.contractId().equals(deal.id()));
  }

  @Override
  public void close() {
    chain.close();
  }
}
