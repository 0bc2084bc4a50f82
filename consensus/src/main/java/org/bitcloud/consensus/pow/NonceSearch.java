package org.bitcloud.consensus.pow;

import java.math.BigInteger;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.OptionalLong;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;

/// Tries nonces on one header. Of one thread.
final class NonceSearch {
  private static final int PREIMAGE_BYTES = Hash.SIZE + Long.BYTES;

  private final MessageDigest digest = Sha256.digest();
  private final byte[] preimage = new byte[PREIMAGE_BYTES];
  private final byte[] hash = new byte[Hash.SIZE];
  private final byte[] target;

  NonceSearch(Hash header, BigInteger target) {
    header.copyTo(preimage, 0);
    this.target = Amount.of(target).toBytes32().toArray();
  }

  /// Whether the hash of work with this nonce is at most the target.
  boolean holds(long nonce) {
    for (int i = 0; i < Long.BYTES; i++) {
      preimage[Hash.SIZE + i] = (byte) (nonce >>> (Long.SIZE - Byte.SIZE * (i + 1)));
    }
    try {
      digest.update(preimage);
      digest.digest(hash, 0, Hash.SIZE);
      digest.update(hash);
      digest.digest(hash, 0, Hash.SIZE);
    } catch (DigestException e) {
      throw new IllegalStateException("a hash fits into its own size", e);
    }
    return Arrays.compareUnsigned(hash, target) <= 0;
  }

  /// The first nonce that holds of `count`, each `step` after the one before.
  OptionalLong find(long from, long step, int count) {
    long nonce = from;
    for (int i = 0; i < count; i++) {
      if (holds(nonce)) {
        return OptionalLong.of(nonce);
      }
      nonce += step;
    }
    return OptionalLong.empty();
  }
}
