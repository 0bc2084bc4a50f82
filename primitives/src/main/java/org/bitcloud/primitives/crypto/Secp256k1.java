package org.bitcloud.primitives.crypto;

import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// The curve's operations, by whichever library is there. Safe for any number of threads.
///
/// All implementations take exactly the same signatures; in particular none takes a high s.
/// Otherwise two honest nodes could disagree about a block.
public sealed interface Secp256k1 permits NativeSecp256k1, BouncyCastleSecp256k1 {
  /// The fastest implementation that works on this machine, chosen once.
  static Secp256k1 get() {
    return Secp256k1Choice.CHOSEN;
  }

  /// The implementation in libsecp256k1, or empty where it does not load.
  static Optional<Secp256k1> libsecp256k1() {
    return Optional.ofNullable(Secp256k1Choice.NATIVE);
  }

  /// The implementation in plain Java, which works everywhere.
  static Secp256k1 bouncyCastle() {
    return Secp256k1Choice.Portable.INSTANCE;
  }

  /// What this is, for a log line.
  String name();

  /// The 64-byte public key (x and y) whose owner made the signature.
  ///
  /// @throws MalformedException if the signature is not acceptable or belongs to no key
  Bytes recover(Hash digest, Signature signature) throws MalformedException;

  /// Whether the owner of a 64-byte public key made the signature; its recovery id is ignored.
  ///
  /// False for what is not acceptable, and for bytes that are no point of the curve.
  boolean verify(Hash digest, Signature signature, Bytes publicKey);

  /// Whether bytes are a public key: 64 of them, the x and y of a point of the curve.
  boolean isPublicKey(Bytes publicKey);

  /// The signature of a digest, with low s, deterministic as in RFC 6979.
  ///
  /// @throws IllegalArgumentException if the private key is not 32 bytes in 1 to n - 1
  Signature sign(Hash digest, Bytes privateKey);

  /// The 64-byte public key (x and y) of a private key.
  ///
  /// @throws IllegalArgumentException if the private key is not 32 bytes in 1 to n - 1
  Bytes publicKey(Bytes privateKey);
}
