package org.bitcloud.simulation;

import org.bitcloud.chain.StateAudit;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.Account;
import org.bitcloud.contracts.StateKeys;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.KeyRange;

/// Where all coins are after a block: in accounts or burned, and what the Storage corporation holds
/// belongs to somebody.
///
/// @param totals all accounts against the supply
/// @param held balance of the Storage corporation's account
/// @param owed what its entries say that it owes: funds, collateral and escrow of every provider,
///   and escrow that renters of ended providers have not claimed
public record Conservation(StateAudit.Totals totals, Amount held, Amount owed) {
  private static final int SKIPPED_BYTES_MAX = 32;

  /// Counts a state, entry by entry, without the corporation's code.
  public static Conservation of(StateView state) {
    try {
      return new Conservation(
          StateAudit.audit(state),
          Account.of(state::get, StorageAbi.ADDRESS).balance(),
          providers(state).plus(endedProviders(state)));
    } catch (MalformedException e) {
      throw new IllegalStateException("an entry of the Storage corporation is damaged", e);
    }
  }

  /// Does nothing if not a drop is missing or too many.
  ///
  /// @throws org.bitcloud.primitives.InvariantViolation if one is
  public void check() {
    Invariant.check(totals.balanced(), "coins appeared or vanished: " + totals);
    Invariant.check(
        held.equals(owed),
        "the Storage corporation holds %s drops and owes %s".formatted(held, owed));
  }

  /* A provider's entry begins with its funds, the collateral and the escrow of its contracts. */
  private static Amount providers(StateView state) throws MalformedException {
    Amount sum = Amount.ZERO;
    try (Cursor cursor = state.scan(entries('p'))) {
      while (cursor.next()) {
        RlpReader entry = RlpReader.of(cursor.value());
        entry.enterList();
        sum = sum.plus(entry.readAmount()).plus(entry.readAmount()).plus(entry.readAmount());
      }
    }
    return sum;
  }

  /* What an ended provider left: accumulated leaves, last window, escrow. */
  private static Amount endedProviders(StateView state) throws MalformedException {
    Amount sum = Amount.ZERO;
    try (Cursor cursor = state.scan(entries('g'))) {
      while (cursor.next()) {
        RlpReader entry = RlpReader.of(cursor.value());
        entry.enterList();
        Bytes _ = entry.readBytes(SKIPPED_BYTES_MAX);
        Bytes _ = entry.readBytes(SKIPPED_BYTES_MAX);
        sum = sum.plus(entry.readAmount());
      }
    }
    return sum;
  }

  private static KeyRange entries(char kind) {
    return KeyRange.prefix(StateKeys.entry(StorageAbi.ADDRESS, Bytes.of((byte) kind)));
  }
}
