package org.bitcloud.primitives.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// A secp256k1 private key with its public key; closing it overwrites the private one.
///
/// Its text never shows the private key. Safe for several threads until it is closed.
public final class KeyPair implements AutoCloseable {
  // A secure source needs one try; a source that needs this many is broken.
  private static final int TRIES_MAX = 64;

  private final byte[] privateKey;
  private final Bytes publicKey;
  private final Address address;
  private volatile boolean closed;

  private KeyPair(byte[] privateKey, Bytes publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.address = Address.ofPublicKey(publicKey);
  }

  /// The key pair of a private key.
  ///
  /// @throws IllegalArgumentException if it is not 32 bytes in 1 to n - 1
  public static KeyPair of(Bytes privateKey32) {
    return new KeyPair(privateKey32.toArray(), Secp256k1.get().publicKey(privateKey32));
  }

  /// The key pair of a private key in hexadecimal text starting with `0x`.
  ///
  /// @throws MalformedException if the text is not 32 bytes in 1 to n - 1
  public static KeyPair fromHex(String text) throws MalformedException {
    Bytes key = Bytes.fromHex(text);
    try {
      return of(key);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("a private key is 32 bytes in 1 to n - 1", e);
    }
  }

  /// A new key pair.
  ///
  /// @throws IllegalStateException if the source of randomness is broken
  public static KeyPair generate(SecureRandom random) {
    byte[] key = new byte[32];
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      random.nextBytes(key);
      Bytes candidate = Bytes.of(key);
      // One in 2^128 is out of range; draw again.
      if (Signature.inOrder(candidate)) {
        return of(candidate);
      }
    }
    throw new IllegalStateException("the source of randomness gives no usable key");
  }

  /// The uncompressed public key, x and y, of 64 bytes.
  public Bytes publicKey() {
    return publicKey;
  }

  /// The compressed public key: 2 or 3 for the parity of y, then x; 33 bytes.
  public Bytes compressedPublicKey() {
    byte[] compressed = new byte[33];
    compressed[0] = (byte) (2 + (publicKey.get(63) & 1));
    publicKey.copyTo(0, compressed, 1, 32);
    return Bytes.wrap(compressed);
  }

  /// The address of the public key.
  public Address address() {
    return address;
  }

  /// A copy of the private key, 32 bytes, which no closing overwrites: for key stores only.
  ///
  /// @throws IllegalStateException if closed
  public Bytes privateKey() {
    requireOpen();
    return Bytes.of(privateKey);
  }

  /// The signature of a digest, with low s, deterministic as in RFC 6979.
  ///
  /// @throws IllegalStateException if closed
  public Signature sign(Hash digest) {
    requireOpen();
    return Secp256k1.get().sign(digest, Bytes.wrap(privateKey));
  }

  /// Overwrites the private key; only the public one can be asked for afterwards.
  @Override
  public void close() {
    closed = true;
    Arrays.fill(privateKey, (byte) 0);
  }

  /// The address.
  @Override
  public String toString() {
    return "KeyPair[" + address + "]";
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the key of " + address + " is closed");
    }
  }
}
