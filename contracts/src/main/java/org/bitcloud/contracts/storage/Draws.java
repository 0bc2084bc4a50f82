package org.bitcloud.contracts.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;

/// The challenge of one provider in one window, and the contracts that it fell on.
final class Draws {
  private final Session session;
  private final ProviderState provider;
  private final DueTree tree;
  private final long window;
  private final Hash beacon;
  private final Map<Hash, ContractState> contracts = new LinkedHashMap<>();

  /// The challenge of a window that is not settled yet and has something due.
  Draws(Session session, ProviderState provider, long window, Hash beacon) {
    this.session = session;
    this.provider = provider;
    this.tree = new DueTree(session.entries(), provider);
    this.window = window;
    this.beacon = beacon;
  }

  /// The contract that a draw fell on.
  Hash contract(int index) {
    session.context().chargeHash(StorageDraw.HASHED_BYTES);
    Amount due = provider.due.at(window);
    Amount point = StorageDraw.point(beacon, provider.address, index, due);
    return session.entries().contractInSlot(provider, tree.find(point, window));
  }

  /// What a draw asks for.
  Challenge.Drawn draw(int index) {
    Hash contract = contract(index);
    session.context().chargeHash(StorageDraw.HASHED_BYTES);
    long sectors = state(contract).at(window).sectors();
    return new Challenge.Drawn(
        contract, StorageDraw.leaf(beacon, provider.address, index, sectors));
  }

  /// A drawn contract, read once.
  ContractState state(Hash contract) {
    return contracts.computeIfAbsent(contract, session.entries()::contract);
  }

  /// Every contract read so far.
  Map<Hash, ContractState> states() {
    return contracts;
  }
}
