package org.bitcloud.consensus.validator;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of key that a validator may sign with.
public enum KeyType {
  /// 64 bytes, x then y; signatures are ECDSA with low s.
  SECP256K1("secp256k1", 64),
  /// 32 bytes, RFC 8032; what CometBFT makes.
  ED25519("ed25519", 32);

  private final String text;
  private final int size;

  KeyType(String text, int size) {
    this.text = text;
    this.size = size;
  }

  /// The word in genesis and in the leaf of the set's root.
  public String text() {
    return text;
  }

  /// How many bytes a public key has.
  public int size() {
    return size;
  }

  /// The type with this word, if there is one.
  public static Optional<KeyType> of(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
  }
}
