package org.bitcloud.consensus.validator;

import java.util.Optional;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;

/// The public key of a validator, with its type.
public record ValidatorKey(KeyType type, Bytes bytes) {
  /// Checks the size.
  public ValidatorKey {
    if (bytes.size() != type.size()) {
      throw new IllegalArgumentException(
          type.text() + " key of " + bytes.size() + " bytes, not " + type.size());
    }
  }

  /// The account that the key controls; only secp256k1 keys control one.
  public Optional<Address> address() {
    return type == KeyType.SECP256K1 ? Optional.of(Address.ofPublicKey(bytes)) : Optional.empty();
  }
}
