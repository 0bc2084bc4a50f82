package org.bitcloud.contracts;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Invariant;

/// Moves drops between the accounts of a state, so that none appears or vanishes unseen.
final class Ledger {
  private final MutableState state;

  Ledger(MutableState state) {
    this.state = state;
  }

  Account account(Address address) {
    return Account.of(state, address);
  }

  void store(Address address, Account account) {
    if (account.isEmpty()) {
      state.delete(StateKeys.account(address));
    } else {
      state.put(StateKeys.account(address), account.encode());
    }
  }

  void credit(Address to, Amount amount) {
    if (!amount.isZero()) {
      Account account = account(to);
      store(to, account.withBalance(account.balance().plus(amount)));
    }
  }

  void debit(Address from, Amount amount) {
    if (!amount.isZero()) {
      Account account = account(from);
      Invariant.check(account.balance().compareTo(amount) >= 0, "an account pays more than it has");
      store(from, account.withBalance(account.balance().minus(amount)));
    }
  }

  void transfer(Address from, Address to, Amount amount) {
    debit(from, amount);
    credit(to, amount);
  }

  /// Counts drops as destroyed that were debited before.
  void burn(Amount amount) {
    if (!amount.isZero()) {
      state.put(StateKeys.SUPPLY, Supply.of(state).withBurned(amount).encode());
    }
  }
}
