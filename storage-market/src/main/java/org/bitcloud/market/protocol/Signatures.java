package org.bitcloud.market.protocol;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Secp256k1;
import org.bitcloud.primitives.crypto.Signature;

/// Checks who made a signature.
public final class Signatures {
  private Signatures() {}

  /// Whether an address made this signature under a digest; any malformed one is not.
  public static boolean isBy(Address signer, Hash digest, Signature signature) {
    try {
      return Address.ofPublicKey(Secp256k1.get().recover(digest, signature)).equals(signer);
    } catch (MalformedException notRecoverable) {
      return false;
    }
  }
}
