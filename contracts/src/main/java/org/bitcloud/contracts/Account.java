package org.bitcloud.contracts;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.jspecify.annotations.Nullable;

/// What the ledger knows about one address.
///
/// An account that was never touched is absent from the state and equals [#EMPTY].
///
/// @param nonce how many transactions it has sent
/// @param balance its drops
/// @param codeHash zero for a person, the hash of [Corporation#marker] for a corporation
public record Account(long nonce, Amount balance, Hash codeHash) {
  /// No transaction sent, no drops.
  public static final Account EMPTY = new Account(0, Amount.ZERO, Hash.ZERO);

  /// Whether it equals [#EMPTY], so that it need not be stored.
  public boolean isEmpty() {
    return nonce == 0 && balance.isZero() && codeHash.isZero();
  }

  /// Whether a corporation lives at the address.
  public boolean isCorporation() {
    return !codeHash.isZero();
  }

  /// The RLP list `[nonce, balance]`, with the code hash as a third item for a corporation.
  public Bytes encode() {
    RlpWriter writer = new RlpWriter().beginList().number(nonce).amount(balance);
    if (isCorporation()) {
      writer.hash(codeHash);
    }
    return writer.endList().toBytes();
  }

  /// Reads what [#encode] wrote.
  ///
  /// @throws MalformedException if the bytes are anything else
  public static Account decode(Bytes encoded) throws MalformedException {
    RlpReader reader = RlpReader.of(encoded);
    reader.enterList();
    long nonce = reader.readNumber();
    Amount balance = reader.readAmount();
    Hash codeHash = reader.hasNext() ? reader.readHash() : Hash.ZERO;
    reader.leaveList();
    reader.end();
    return new Account(nonce, balance, codeHash);
  }

  /// The account in a state; [#EMPTY] when absent.
  public static Account of(WorldState state, Address address) {
    return ofStored(state.get(StateKeys.account(address)));
  }

  static Account ofStored(@Nullable Bytes stored) {
    if (stored == null) {
      return EMPTY;
    }
    try {
      return decode(stored);
    } catch (MalformedException e) {
      throw new CorruptStateException("account", e);
    }
  }

  Account withBalance(Amount newBalance) {
    return new Account(nonce, newBalance, codeHash);
  }

  Account afterSending(Amount newBalance) {
    Invariant.check(nonce < Long.MAX_VALUE, "nonce overflow");
    return new Account(nonce + 1, newBalance, codeHash);
  }
}
