package org.bitcloud.contracts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.abi.AbiWriter;

/// Answers questions, on books brought up to date first; the caller discards the effects.
record Views(Session session) {
  Bytes window() {
    WindowStatus status = session.clock().status(session.parameters().windowMillis(), false);
    return AbiWriter.encode(status::write);
  }

  Bytes windowAt(long index) throws Revert {
    if (index == session.clock().index()) {
      return window();
    }
    WindowClock closed =
        session.entries().closedWindow(index).orElseThrow(StorageRule.UNKNOWN_WINDOW::revert);
    return AbiWriter.encode(closed.status(session.parameters().windowMillis(), true)::write);
  }

  Bytes providers(long offset, long limit) throws Revert {
    long count = session.entries().providerCount();
    List<Address> page = new ArrayList<>();
    for (long i = offset; i < pageEnd(offset, limit, count); i++) {
      page.add(session.entries().providerAt(i));
    }
    return StorageResults.ofAddresses(count, page);
  }

  Bytes contractsOf(Address party, long offset, long limit) throws Revert {
    long count = session.entries().contractCount(party);
    List<Hash> page = new ArrayList<>();
    for (long i = offset; i < pageEnd(offset, limit, count); i++) {
      page.add(session.entries().contractAt(party, i));
    }
    return StorageResults.ofHashes(count, page);
  }

  private static long pageEnd(long offset, long limit, long count) throws Revert {
    StorageRule.PAGE_SIZE.require(limit <= StorageParameters.PAGE_MAX);
    return offset >= count ? offset : Math.min(count, offset + limit);
  }

  Bytes priceList(Address provider) {
    PriceList prices = session.entries().priceList(provider);
    return AbiWriter.encode(writer -> writer.tuple(prices::writeFields));
  }

  Bytes provider(Address address) {
    Optional<ProviderState> known = session.entries().provider(address);
    if (known.isEmpty()) {
      return AbiWriter.encode(ProviderStatus.UNKNOWN::write);
    }
    ProviderState provider = known.get();
    long unsettled = provider.active == 0 ? 0 : session.clock().ordinal() - provider.ordinal;
    settle(provider);
    long window = session.clock().index();
    ProviderStatus status =
        new ProviderStatus(
            true,
            provider.funds,
            provider.locked,
            provider.escrow,
            provider.earned,
            provider.penalties,
            provider.active,
            provider.misses,
            provider.maskOf(window),
            provider.due.at(window),
            provider.due.at(window + 1),
            provider.generation,
            unsettled);
    return AbiWriter.encode(status::write);
  }

  Bytes contract(Hash id) throws Revert {
    Agreement agreement = session.agreement(id);
    ProviderState provider = session.known(agreement.provider());
    settle(provider);
    ContractState contract = session.entries().contract(id);
    if (contract.phase != Phase.ENDED) {
      bringUpToDate(agreement, contract, provider);
    }
    boolean runs = contract.phase == Phase.ACTIVE || contract.phase == Phase.ENDING;
    ContractStatus status =
        new ContractStatus(
            agreement.parties(),
            contract.phase,
            runs ? Math.max(0, contract.endOrdinal - session.clock().ordinal()) : 0,
            contract.revision,
            contract.at(session.clock().index()),
            contract.latest(),
            new ContractStatus.Books(
                contract.escrow,
                contract.collateral,
                contract.paid,
                contract.provenLeaves,
                contract.missedLeaves));
    return AbiWriter.encode(status::write);
  }

  private void bringUpToDate(Agreement agreement, ContractState contract, ProviderState provider) {
    ContractBooks books = new ContractBooks(session, provider);
    long generation = agreement.place().generation();
    if (generation == provider.generation) {
      books.charge(agreement, contract, provider.accumulated, session.clock().index());
      return;
    }
    EndedGeneration ended = session.entries().endedGeneration(provider.address, generation);
    books.charge(agreement, contract, ended.accumulated(), Long.MAX_VALUE);
    contract.phase = Phase.ABANDONED;
    contract.collateral = Amount.ZERO;
  }

  Bytes challenge(Address address) {
    WindowClock clock = session.clock();
    ProviderState provider =
        session.entries().provider(address).orElseGet(() -> new ProviderState(address));
    settle(provider);
    Amount due = provider.due.at(clock.index());
    List<Challenge.Drawn> leaves = new ArrayList<>();
    if (!due.isZero()) {
      Draws draws = new Draws(session, provider, clock.index(), clock.beacon());
      for (int i = 0; i < StorageParameters.DRAWS; i++) {
        leaves.add(draws.draw(i));
      }
    }
    Challenge challenge = new Challenge(clock.index(), clock.beacon(), due, leaves);
    return AbiWriter.encode(challenge::write);
  }

  /// Settles everything there is; the gas limit is the bound.
  private void settle(ProviderState provider) {
    Settlement settlement = new Settlement(session, provider, false);
    settlement.run(Integer.MAX_VALUE);
    settlement.finish();
  }
}
