package org.bitcloud.primitives.wallet;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bouncycastle.util.BigIntegers;

/// A private key with the chain code from which its children follow (BIP-32).
///
/// The curve's work is done by the library that signs, which is much sooner ready than plain Java.
final class ExtendedKey {
  private static final String HMAC = "HmacSHA512";
  private static final byte[] MASTER = "Bitcoin seed".getBytes(StandardCharsets.US_ASCII);
  private static final int HALF = 32;
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private final byte[] key;
  private final byte[] code;

  /// @param key 32 bytes, in 1 to n - 1
  /// @param code 32 bytes
  private ExtendedKey(byte[] key, byte[] code) {
    this.key = key;
    this.code = code;
  }

  /// The key at the top of every path.
  ///
  /// @throws IllegalArgumentException for the one seed in 2^127 that gives no key
  static ExtendedKey master(byte[] seed) {
    byte[] both = hmac(MASTER, seed);
    return of(new BigInteger(1, both, 0, HALF), both);
  }

  /// The child of a number; its highest bit makes a hardened one.
  ///
  /// @throws IllegalArgumentException for the one child in 2^127 that has no key
  ExtendedKey child(int number) {
    ByteBuffer data = ByteBuffer.allocate(1 + HALF + Integer.BYTES);
    if (number < 0) {
      data.put((byte) 0).put(key);
    } else {
      data.put(keyPair().compressedPublicKey().toArray());
    }
    byte[] both = hmac(code, data.putInt(number).array());
    BigInteger tweak = new BigInteger(1, both, 0, HALF);
    if (tweak.compareTo(ORDER) >= 0) {
      throw new IllegalArgumentException("this step of the path has no key; take the next one");
    }
    return of(tweak.add(new BigInteger(1, key)).mod(ORDER), both);
  }

  /// The key with its public half.
  KeyPair keyPair() {
    return KeyPair.of(Bytes.of(key));
  }

  private static ExtendedKey of(BigInteger secret, byte[] both) {
    if (secret.signum() == 0 || secret.compareTo(ORDER) >= 0) {
      throw new IllegalArgumentException("this step of the path has no key; take the next one");
    }
    return new ExtendedKey(
        BigIntegers.asUnsignedByteArray(HALF, secret), Arrays.copyOfRange(both, HALF, 2 * HALF));
  }

  private static byte[] hmac(byte[] secret, byte[] data) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
