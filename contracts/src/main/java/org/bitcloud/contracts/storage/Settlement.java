package org.bitcloud.contracts.storage;

import java.util.List;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;

/// Settles a provider's closed windows one after the other: pays what was proven, takes collateral
/// for what was not, ends contracts whose time is over.
///
/// The caller stores the provider afterwards.
final class Settlement {
  private final Session session;
  private final Entries entries;
  private final ProviderState provider;
  private final ContractBooks books;
  private final long settlerBps;

  private Amount burned = Amount.ZERO;
  private Amount rewards = Amount.ZERO;
  private int steps;

  /// Settles nothing yet.
  ///
  /// @param rewarded whether the sender earns the settler's share
  Settlement(Session session, ProviderState provider, boolean rewarded) {
    this.session = session;
    this.entries = session.entries();
    this.provider = provider;
    this.books = new ContractBooks(session, provider);
    this.settlerBps = rewarded ? session.parameters().settlerBps() : 0;
  }

  /// Settles until nothing is left or so many windows and ends are done; true if nothing is left.
  boolean run(int stepsMax) {
    while (provider.active > 0) {
      List<Long> ends = entries.ends(provider, provider.ordinal);
      if (!ends.isEmpty()) {
        close(ends, stepsMax);
        if (steps == stepsMax) {
          return false;
        }
      } else if (provider.ordinal == session.clock().ordinal()) {
        break;
      } else if (steps == stepsMax) {
        return false;
      } else {
        settle(entries.windowOfOrdinal(provider.ordinal));
      }
    }
    // Without contracts there is nothing to do, however long ago the last one ended.
    provider.ordinal = session.clock().ordinal();
    noteAccumulated(session.clock().index());
    return true;
  }

  int steps() {
    return steps;
  }

  /// Burns and pays what the settled windows left to burn and pay.
  void finish() {
    if (!burned.isZero()) {
      session.context().burn(burned);
    }
    if (!rewards.isZero()) {
      session.context().transfer(session.context().caller(), rewards);
    }
  }

  private void close(List<Long> ends, int stepsMax) {
    // The windows up to the one of the ordinal before are settled; the contracts paid for them.
    long from = entries.windowOfOrdinal(provider.ordinal - 1) + 1;
    int count = Math.min(ends.size(), stepsMax - steps);
    for (long slot : ends.subList(0, count)) {
      Hash id = entries.contractInSlot(provider, slot);
      Agreement agreement = entries.agreement(id).orElseThrow();
      ContractState contract = entries.contract(id);
      books.charge(agreement, contract, provider.accumulated, from);
      EndReason reason = contract.phase == Phase.ENDING ? EndReason.EARLY : EndReason.EXPIRED;
      books.close(agreement, contract, reason, from);
    }
    entries.setEnds(provider, provider.ordinal, ends.subList(count, ends.size()));
    steps += count;
  }

  private void settle(long window) {
    noteAccumulated(window);
    Amount due = provider.due.at(window);
    if (!due.isZero()) {
      settle(window, due);
    }
    noteAccumulated(window + 1);
    provider.ordinal++;
    steps++;
    if (provider.misses == StorageParameters.MISSES_TO_END) {
      endProvider(window);
    }
  }

  private void settle(long window, Amount due) {
    int mask = provider.maskOf(window);
    int proven = Integer.bitCount(mask);
    provider.accumulated += proven;
    provider.misses = proven == 0 ? provider.misses + 1 : 0;

    Amount gross = due.times(proven).dividedBy(StorageParameters.DRAWS);
    Amount burn = share(gross, session.parameters().payoutBurnBps());
    Amount payReward = share(gross, settlerBps);
    Amount pay = gross.minus(burn).minus(payReward);
    provider.escrow = provider.escrow.minus(gross);
    provider.funds = provider.funds.plus(pay);
    provider.earned = provider.earned.plus(pay);

    Amount penalty = penalty(window, mask);
    Amount penaltyReward = share(penalty, settlerBps);
    provider.locked = provider.locked.minus(penalty);
    provider.penalties = provider.penalties.plus(penalty);

    Amount burnedNow = burn.plus(penalty).minus(penaltyReward);
    Amount reward = payReward.plus(penaltyReward);
    burned = burned.plus(burnedNow);
    rewards = rewards.plus(reward);
    session.emit(
        new StorageEvent.Settled(
            provider.address, window, proven, gross, pay, penalty, burnedNow, reward));
  }

  private static Amount share(Amount amount, long bps) {
    return amount.timesRatio(bps, StorageParameters.BPS);
  }

  /// What the missing draws cost: all collateral if the provider is ended, else each contract's
  /// share for each of its own.
  private Amount penalty(long window, int mask) {
    if (provider.misses == StorageParameters.MISSES_TO_END) {
      return provider.locked;
    }
    if (Integer.bitCount(mask) == StorageParameters.DRAWS) {
      return Amount.ZERO;
    }
    Hash beacon = entries.closedWindow(window).orElseThrow().beacon();
    Draws draws = new Draws(session, provider, window, beacon);
    Amount total = Amount.ZERO;
    for (int i = 0; i < StorageParameters.DRAWS; i++) {
      if ((mask & 1 << i) == 0) {
        total = total.plus(miss(draws, draws.contract(i)));
      }
    }
    draws.states().forEach(entries::set);
    return total;
  }

  private Amount miss(Draws draws, Hash id) {
    ContractState contract = draws.state(id);
    Amount share = entries.agreement(id).orElseThrow().collateralShare();
    Amount taken = share.min(contract.collateral);
    contract.collateral = contract.collateral.minus(taken);
    contract.missedLeaves++;
    return taken;
  }

  /// Notes what was accumulated before a window if a contract changed in an earlier one.
  private void noteAccumulated(long window) {
    if (provider.checkpointWanted > 0 && provider.checkpointWanted <= window) {
      entries.setCheckpoint(provider.address, provider.checkpointWanted - 1, provider.accumulated);
      provider.checkpointWanted = 0;
    }
  }

  /// Ends the provider's generation: its contracts are abandoned, whatever they held is left to
  /// their renters to claim.
  private void endProvider(long window) {
    entries.set(
        provider.address,
        provider.generation,
        new EndedGeneration(provider.accumulated, window, provider.escrow));
    entries.removePriceList(provider.address);
    session.emit(new StorageEvent.ProviderEnded(provider.address, window, provider.escrow));
    provider.generation++;
    provider.escrow = Amount.ZERO;
    provider.misses = 0;
    provider.active = 0;
    provider.slots = 0;
    provider.freeSlots = 0;
    provider.depth = 0;
    provider.due = Timeline.ZERO;
  }
}
