package org.bitcloud.chain.block;

import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.rlp.RlpWriter;

/// A member of the first validator set.
///
/// @param keyType kind of key, `secp256k1` (64 bytes, x then y) or `ed25519` (32 bytes)
/// @param publicKey the key
/// @param weight votes, above 0
public record GenesisValidator(String keyType, Bytes publicKey, long weight) {
  /// Name of the key type that the built-in engines use.
  public static final String SECP256K1 = "secp256k1";

  /// Returns RLP of the three components: one leaf of the validator set's root.
  public Bytes encode() {
    return RlpWriter.encode(
        out -> {
          out.beginList();
          out.text(keyType);
          out.bytes(publicKey);
          out.number(weight);
          out.endList();
        });
  }
}
