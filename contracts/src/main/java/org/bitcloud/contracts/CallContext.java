package org.bitcloud.contracts;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Signature;

/// What a corporation's call may see and do; valid until the call returns.
///
/// Everything is charged as the fee schedule says. When gas runs out, the method at hand throws
/// through the corporation's code, which must not catch it.
public interface CallContext extends CorporationState {
  /// The block that the call runs in.
  BlockContext block();

  /// Who signed the transaction.
  Address caller();

  /// The drops that came with the call; they are in the corporation's balance already.
  Amount value();

  /// Moves drops from the corporation's balance to an account.
  ///
  /// The corporation must own them; more is a bug of its rules, which stops the node.
  void transfer(Address to, Amount amount);

  /// Destroys drops of the corporation's balance.
  ///
  /// The corporation must own them; more is a bug of its rules, which stops the node.
  void burn(Amount amount);

  /// Emits an event.
  ///
  /// @throws IllegalArgumentException if there are more than 4 topics
  void log(List<Hash> topics, Bytes data);

  /// Charges gas for work that no other method charges.
  void charge(long gas);

  /// Charges for hashing so many bytes, which the corporation then does itself.
  void chargeHash(long bytes);

  /// The address whose key signed a hash.
  ///
  /// @throws MalformedException if the signature is not one that any key could have made
  Address recover(Hash hash, Signature signature) throws MalformedException;

  /// Undoes every write, transfer, burn and event of this call so far.
  ///
  /// Views use it to compute on a state that they bring up to date first.
  void discardEffects();
}
