package org.bitcloud.primitives;

import java.util.Locale;
import org.bouncycastle.crypto.digests.KeccakDigest;

/// The name of an account: the last 20 bytes of the Keccak-256 hash of its public key.
///
/// @param bytes exactly 20 bytes
public record Address(Bytes bytes) implements Comparable<Address> {
  /// The number of bytes of every address.
  public static final int SIZE = 20;

  /// Twenty zero bytes, which nobody has the key of.
  public static final Address ZERO = new Address(Bytes.wrap(new byte[SIZE]));

  /// Checks the size.
  ///
  /// @throws IllegalArgumentException if there are not 20 bytes
  public Address {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("an address has 20 bytes, not " + bytes.size());
    }
  }

  /// An address of a copy of the given 20 bytes.
  ///
  /// @throws IllegalArgumentException if there are not 20 bytes
  public static Address of(byte[] bytes) {
    return new Address(Bytes.of(bytes));
  }

  /// The address of an uncompressed public key of 64 bytes (x and y, without the leading 4).
  ///
  /// @throws IllegalArgumentException if there are not 64 bytes
  public static Address ofPublicKey(Bytes publicKey) {
    if (publicKey.size() != 64) {
      throw new IllegalArgumentException("a public key has 64 bytes, not " + publicKey.size());
    }
    return new Address(Bytes.copyOf(keccak(publicKey), 12, SIZE));
  }

  /// The address that 40 hexadecimal digits after `0x` name.
  ///
  /// Letters all of one case are taken as they are; mixed case must be the EIP-55 checksum.
  ///
  /// @throws MalformedException if the text is no address or its checksum is wrong
  public static Address fromHex(String text) throws MalformedException {
    if (text.length() != 2 + 2 * SIZE) {
      throw new MalformedException("an address is 0x and 40 hex digits");
    }
    Address address = new Address(Bytes.fromHex(text));
    String digits = text.substring(2);
    boolean mixed =
        !digits.equals(digits.toLowerCase(Locale.ROOT))
            && !digits.equals(digits.toUpperCase(Locale.ROOT));
    if (mixed && !address.checksum().substring(2).equals(digits)) {
      throw new MalformedException("address checksum is wrong: " + text);
    }
    return address;
  }

  /// The text with the EIP-55 checksum in the case of its letters.
  public String checksum() {
    String lower = bytes.toHex().substring(2);
    byte[] hash = keccak(Bytes.ofUtf8(lower));
    StringBuilder text = new StringBuilder("0x");
    for (int i = 0; i < lower.length(); i++) {
      int nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
      char c = lower.charAt(i);
      text.append(nibble >= 8 ? Character.toUpperCase(c) : c);
    }
    return text.toString();
  }

  // Not crypto.Keccak: that package builds on this one.
  private static byte[] keccak(Bytes input) {
    KeccakDigest digest = new KeccakDigest(256);
    byte[] bytes = input.unsafeArray();
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[Hash.SIZE];
    digest.doFinal(hash, 0);
    return hash;
  }

  /// A copy as an array.
  public byte[] toArray() {
    return bytes.toArray();
  }

  /// Lower-case hexadecimal text starting with `0x`, as JSON-RPC has it.
  public String toHex() {
    return bytes.toHex();
  }

  @Override
  public int compareTo(Address other) {
    return bytes.compareTo(other.bytes);
  }

  /// The same as [#checksum].
  @Override
  public String toString() {
    return checksum();
  }
}
