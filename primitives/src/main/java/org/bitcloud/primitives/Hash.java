package org.bitcloud.primitives;

/// A digest of 32 bytes, whichever function made it.
///
/// @param bytes exactly 32 bytes
public record Hash(Bytes bytes) implements Comparable<Hash> {
  /// The number of bytes of every hash.
  public static final int SIZE = 32;

  /// Thirty-two zero bytes: the root of nothing.
  public static final Hash ZERO = new Hash(Bytes.wrap(new byte[SIZE]));

  /// Checks the size.
  ///
  /// @throws IllegalArgumentException if there are not 32 bytes
  public Hash {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.size());
    }
  }

  /// A hash of a copy of the given 32 bytes.
  ///
  /// @throws IllegalArgumentException if there are not 32 bytes
  public static Hash of(byte[] bytes) {
    return new Hash(Bytes.of(bytes));
  }

  /// A hash of the given array itself, which the caller must never write to again.
  ///
  /// @throws IllegalArgumentException if there are not 32 bytes
  public static Hash wrap(byte[] bytes) {
    return new Hash(Bytes.wrap(bytes));
  }

  /// The hash that 64 hexadecimal digits after `0x` name.
  ///
  /// @throws MalformedException if the text is anything else
  public static Hash fromHex(String text) throws MalformedException {
    Bytes bytes = Bytes.fromHex(text);
    if (bytes.size() != SIZE) {
      throw new MalformedException("a hash has 32 bytes, not " + bytes.size());
    }
    return new Hash(bytes);
  }

  /// A copy as an array.
  public byte[] toArray() {
    return bytes.toArray();
  }

  /// Copies the 32 bytes into `target`, starting at `offset`.
  ///
  /// @throws IndexOutOfBoundsException if they do not fit
  public void copyTo(byte[] target, int offset) {
    bytes.copyTo(target, offset);
  }

  /// Whether this is [#ZERO].
  public boolean isZero() {
    return equals(ZERO);
  }

  /// Lower-case hexadecimal text starting with `0x`.
  public String toHex() {
    return bytes.toHex();
  }

  @Override
  public int compareTo(Hash other) {
    return bytes.compareTo(other.bytes);
  }

  /// The same as [#toHex].
  @Override
  public String toString() {
    return toHex();
  }
}
