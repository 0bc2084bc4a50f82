package org.bitcloud.consensus.runtime;

import org.bitcloud.consensus.SignatureCheck;
import org.bitcloud.consensus.validator.KeyType;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.Secp256k1;
import org.bitcloud.primitives.crypto.Signature;

/// Checks one signature of 64 bytes.
final class SignatureChecks {
  private static final int SIZE = 64;

  private SignatureChecks() {}

  static boolean isValid(SignatureCheck check) {
    if (check.key().type() != KeyType.SECP256K1) {
      throw new IllegalArgumentException("no engine here votes with " + check.key().type());
    }
    if (check.signature().size() != SIZE) {
      return false;
    }
    Bytes r = check.signature().slice(0, SIZE / 2);
    Bytes s = check.signature().slice(SIZE / 2, SIZE / 2);
    Signature signature = new Signature(r, s, 0); // verifying does not look at the recovery id
    return Secp256k1.get().verify(check.digest(), signature, check.key().bytes());
  }
}
