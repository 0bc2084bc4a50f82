package org.bitcloud.market.renter;

import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;

/// Keys that an owner's account key gives for the manifests of private objects.
///
/// The salt is the nonce of the object's contract terms, so whoever has the seed finds every key
/// again from the chain; one object's key says nothing about another's.
final class OwnerKeys {
  private static final Bytes TAG = Bytes.ofUtf8("bitcloud/manifest-key/1");

  private OwnerKeys() {}

  static Bytes ofManifest(KeyPair owner, Hash genesisHash, long nonce) {
    byte[] salt = new byte[Long.BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      salt[i] = (byte) (nonce >>> (8 * (Long.BYTES - 1 - i)));
    }
    return Sha256.hash(TAG, genesisHash.bytes(), owner.privateKey(), Bytes.wrap(salt)).bytes();
  }
}
