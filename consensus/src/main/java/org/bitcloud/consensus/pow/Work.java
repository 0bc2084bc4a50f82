package org.bitcloud.consensus.pow;

import java.math.BigInteger;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;

/// Work and targets; `docs/spec/pow-engine.md`.
final class Work {
  private static final BigInteger HASHES = BigInteger.TWO.pow(256);

  private Work() {}

  /// The hashes that a target takes on average.
  static BigInteger of(BigInteger target) {
    return HASHES.divide(target.add(BigInteger.ONE));
  }

  /// The target that takes so many hashes on average.
  static BigInteger target(BigInteger difficulty) {
    return HASHES.divide(difficulty).subtract(BigInteger.ONE).max(BigInteger.ONE);
  }

  /// What every nonce is hashed with.
  static Hash preimage(BlockHeader header, PowSeal seal) {
    return Sha256.hash(header.withSealData(seal.encodeWithoutNonce()).encode());
  }

  /// Whether the header has the work that its seal claims.
  static boolean isDone(BlockHeader header, PowSeal seal) {
    return new NonceSearch(preimage(header, seal), seal.target()).holds(seal.nonce());
  }
}
