package org.bitcloud.contracts.naming;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.abi.AbiWriter;
import org.bitcloud.primitives.crypto.Keccak;

/// What is committed to before a name is shown, so that nobody can take it first.
///
/// @param label the name
/// @param owner who is to own it
/// @param secret 32 random bytes, without which the label could be guessed
public record Commitment(String label, Address owner, Hash secret) {
  /// What `commit` is called with: Keccak-256 of the ABI encoding of label, owner and secret.
  public Hash hash() {
    return Keccak.hash(AbiWriter.encode(w -> w.text(label).address(owner).hash(secret)));
  }
}
