package org.bitcloud.simulation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.bitcloud.chain.state.StateOptions;
import org.bitcloud.chain.state.StateOverlay;
import org.bitcloud.chain.state.StateStore;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.Account;
import org.bitcloud.contracts.StateKeys;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.InvariantViolation;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.Durability;
import org.bitcloud.store.KeyRange;
import org.bitcloud.store.MemoryStore;
import org.bitcloud.store.WriteBatch;
import org.junit.jupiter.api.Test;

/// The counting itself notices a single drop.
class ConservationTest {
  private final SimulatedChain chain =
      SimulatedChain.start(SimulationSetup.of(6, "provider", "other"));
  private final SimulatedProvider provider = new SimulatedProvider(chain, "provider");

  /// Counts the chain's state with drops moved from one account to another.
  private Conservation afterMoving(long drops, Address from, Address to) {
    try (StateView state = chain.state();
        MemoryStore store = MemoryStore.open(StateStore.columns())) {
      StateStore copy = StateStore.open(store, StateOptions.DEFAULT);
      StateOverlay next = copy.head().child();
      try (Cursor all = state.scan(KeyRange.ALL)) {
        while (all.next()) {
          next.put(all.key(), all.value());
        }
      }
      add(next, to, Amount.of(drops));
      take(next, from, Amount.of(drops));
      WriteBatch batch = new WriteBatch();
      copy.commit(next, Height.GENESIS, batch);
      store.write(batch, Durability.SYNC);
      try (StateView tampered = copy.view()) {
        return Conservation.of(tampered);
      }
    }
  }

  private static void add(StateOverlay state, Address address, Amount drops) {
    Account account = Account.of(state::get, address);
    set(state, address, account, account.balance().plus(drops));
  }

  private static void take(StateOverlay state, Address address, Amount drops) {
    Account account = Account.of(state::get, address);
    set(state, address, account, account.balance().minusOrZero(drops));
  }

  private static void set(StateOverlay state, Address address, Account account, Amount balance) {
    state.put(
        StateKeys.account(address),
        new Account(account.nonce(), balance, account.codeHash()).encode());
  }

  @Test
  void noticesADropTooManyAndADropInTheWrongPlace() {
    provider.deposit(Amount.of(1_000));
    chain.nextBlock();
    Address user = chain.key("other").address();
    Address nobody = chain.key("nobody").address();
    assertDoesNotThrow(afterMoving(1, user, nobody)::check);
    assertThrows(InvariantViolation.class, afterMoving(1, nobody, user)::check);
    assertThrows(InvariantViolation.class, afterMoving(1, user, StorageAbi.ADDRESS)::check);
    assertThrows(InvariantViolation.class, afterMoving(1, StorageAbi.ADDRESS, user)::check);
    chain.close();
  }
}
