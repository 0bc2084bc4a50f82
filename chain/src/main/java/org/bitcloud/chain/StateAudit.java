package org.bitcloud.chain;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.Account;
import org.bitcloud.contracts.StateKeys;
import org.bitcloud.contracts.Supply;
import org.bitcloud.contracts.WorldState;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.KeyRange;
import org.jspecify.annotations.Nullable;

/// Counts coins: what all accounts hold, corporations' accounts among them, and what was burned
/// must be what genesis allocated and what was minted since.
public final class StateAudit {
  private static final KeyRange ACCOUNTS = KeyRange.prefix(Bytes.of(StateKeys.ACCOUNT));

  private StateAudit() {}

  /// What a state holds.
  ///
  /// @param accounts how many accounts there are
  /// @param balances sum of all their balances
  /// @param supply what the rules have counted
  public record Totals(long accounts, Amount balances, Supply supply) {
    /// Tells whether not a drop is missing or too many.
    public boolean balanced() {
      return balances.plus(supply.burned()).equals(supply.genesis().plus(supply.minted()));
    }
  }

  /// Walks every account of the state after the head. Takes time proportional to their number.
  public static Totals audit(StateView head) {
    long accounts = 0;
    BigInteger balances = BigInteger.ZERO;
    try (Cursor cursor = head.scan(ACCOUNTS)) {
      while (cursor.next()) {
        accounts++;
        balances = balances.add(balance(cursor.value()));
      }
    }
    return new Totals(accounts, Amount.of(balances), Supply.of(head::get));
  }

  /// Tells whether a block conserved coins: the change of all balances equals what it minted less
  /// what it burned. With a balanced state before it, that is as good as an audit after it.
  static boolean conserves(WorldState before, Map<Bytes, Optional<Bytes>> changes) {
    BigInteger delta = BigInteger.ZERO;
    for (Map.Entry<Bytes, Optional<Bytes>> change : changes.entrySet()) {
      if (change.getKey().get(0) == StateKeys.ACCOUNT) {
        delta =
            delta
                .add(balance(change.getValue().orElse(null)))
                .subtract(balance(before.get(change.getKey())));
      }
    }
    Supply old = Supply.of(before);
    Optional<Bytes> counted = changes.get(StateKeys.SUPPLY);
    Supply now = counted == null ? old : Supply.of(key -> counted.orElse(null));
    return old.genesis().equals(now.genesis())
        && circulating(now).subtract(circulating(old)).equals(delta);
  }

  private static BigInteger circulating(Supply supply) {
    return supply.genesis().drops().add(supply.minted().drops()).subtract(supply.burned().drops());
  }

  private static BigInteger balance(@Nullable Bytes account) {
    if (account == null) {
      return BigInteger.ZERO;
    }
    try {
      return Account.decode(account).balance().drops();
    } catch (MalformedException e) {
      throw new ChainException("a stored account is damaged; restore this directory", e);
    }
  }
}
