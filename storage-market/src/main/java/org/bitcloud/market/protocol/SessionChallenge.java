package org.bitcloud.market.protocol;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.crypto.Signature;

/// What a renter signs to open a session for writing.
///
/// The digest binds network, session and both parties, so that an answer is of no use anywhere
/// else: not on another chain, not to another provider, not a second time.
///
/// @param genesisHash the network
/// @param nonce the provider's fresh number
/// @param renter who signs
/// @param provider who asked
public record SessionChallenge(Hash genesisHash, Bytes nonce, Address renter, Address provider) {
  private static final Bytes TAG = Bytes.ofUtf8("bitcloud/sector/1/challenge");

  /// The digest to sign.
  public Hash digest() {
    return Keccak.hash(TAG, genesisHash.bytes(), nonce, renter.bytes(), provider.bytes());
  }

  /// Whether the signature is the renter's.
  public boolean isSignedBy(Signature signature) {
    return Signatures.isBy(renter, digest(), signature);
  }
}
