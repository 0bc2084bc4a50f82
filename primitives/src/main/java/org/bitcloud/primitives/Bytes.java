package org.bitcloud.primitives;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// An immutable sequence of bytes, compared by content.
///
/// Slices share the array of what they were cut from, so a small slice that is kept long should be
/// copied with [#compact]. The order is lexicographic over unsigned bytes, a prefix first.
public final class Bytes implements Comparable<Bytes> {
  /// The sequence of no bytes.
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] array;
  private final int from;
  private final int size;
  // Zero means not computed yet; the race is benign since every thread computes the same value.
  private int hashCode;

  private Bytes(byte[] array, int from, int size) {
    this.array = array;
    this.from = from;
    this.size = size;
  }

  /// A copy of the given bytes.
  public static Bytes of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : wrap(bytes.clone());
  }

  /// A copy of `length` bytes starting at `offset`.
  ///
  /// @throws IndexOutOfBoundsException if the range is not inside the array
  public static Bytes copyOf(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return length == 0 ? EMPTY : wrap(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /// The given array itself, which the caller must never write to again.
  public static Bytes wrap(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes, 0, bytes.length);
  }

  /// A range of the given array itself, which the caller must never write to again.
  ///
  /// @throws IndexOutOfBoundsException if the range is not inside the array
  public static Bytes wrap(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return length == 0 ? EMPTY : new Bytes(bytes, offset, length);
  }

  /// The bytes that hexadecimal text starting with `0x` names, in either case of letters.
  ///
  /// @throws MalformedException if the prefix is missing, the digits are odd in number or not hex
  public static Bytes fromHex(String text) throws MalformedException {
    if (!text.startsWith("0x") && !text.startsWith("0X")) {
      throw new MalformedException("hex text must start with 0x");
    }
    if (text.length() % 2 != 0) {
      throw new MalformedException("hex text has an odd number of digits");
    }
    byte[] bytes = new byte[text.length() / 2 - 1];
    for (int i = 0; i < bytes.length; i++) {
      int high = digit(text, 2 + 2 * i);
      int low = digit(text, 3 + 2 * i);
      bytes[i] = (byte) ((high << 4) | low);
    }
    return wrap(bytes);
  }

  private static int digit(String text, int index) throws MalformedException {
    char c = text.charAt(index);
    if (!HexFormat.isHexDigit(c)) {
      throw new MalformedException("not a hex digit at character " + index);
    }
    return HexFormat.fromHexDigit(c);
  }

  /// The UTF-8 encoding of a text.
  public static Bytes ofUtf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /// All parts, one after the other.
  ///
  /// @throws ArithmeticException if the sum of sizes exceeds an `int`
  public static Bytes concat(Bytes... parts) {
    int total = 0;
    for (Bytes part : parts) {
      total = Math.addExact(total, part.size);
    }
    byte[] result = new byte[total];
    int at = 0;
    for (Bytes part : parts) {
      part.copyTo(result, at);
      at += part.size;
    }
    return wrap(result);
  }

  /// The number of bytes.
  public int size() {
    return size;
  }

  /// Whether there are no bytes.
  public boolean isEmpty() {
    return size == 0;
  }

  /// The byte at an index, signed as Java has it.
  ///
  /// @throws IndexOutOfBoundsException if the index is not below the size
  public byte get(int index) {
    return array[from + Objects.checkIndex(index, size)];
  }

  /// The byte at an index as 0 to 255.
  ///
  /// @throws IndexOutOfBoundsException if the index is not below the size
  public int unsigned(int index) {
    return get(index) & 0xff;
  }

  /// `length` bytes starting at `start`, sharing this array.
  ///
  /// @throws IndexOutOfBoundsException if the range is not inside this sequence
  public Bytes slice(int start, int length) {
    Objects.checkFromIndexSize(start, length, size);
    if (length == size) {
      return this;
    }
    return length == 0 ? EMPTY : new Bytes(array, from + start, length);
  }

  /// All bytes from `start` on, sharing this array.
  ///
  /// @throws IndexOutOfBoundsException if `start` exceeds the size
  public Bytes slice(int start) {
    return slice(start, size - start);
  }

  /// The same bytes in an array of exactly their size, so that nothing larger is kept alive.
  public Bytes compact() {
    return size == array.length ? this : wrap(toArray());
  }

  /// A copy as an array.
  public byte[] toArray() {
    return Arrays.copyOfRange(array, from, from + size);
  }

  /// Copies all bytes into `target`, starting at `offset`.
  ///
  /// @throws IndexOutOfBoundsException if they do not fit
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(array, from, target, offset, size);
  }

  /// Copies `length` bytes from `start` on into `target` at `offset`.
  ///
  /// @throws IndexOutOfBoundsException if either range is not inside
  public void copyTo(int start, byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(start, length, size);
    System.arraycopy(array, from + start, target, offset, length);
  }

  /// Feeds all bytes to a digest without copying them.
  public void update(MessageDigest digest) {
    digest.update(array, from, size);
  }

  /// A read-only view as a buffer, without copying.
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array, from, size).slice().asReadOnlyBuffer();
  }

  /// Whether an array holds these bytes from an offset on.
  ///
  /// @throws IndexOutOfBoundsException if the array ends before
  public boolean matches(byte[] other, int offset) {
    return Arrays.equals(array, from, from + size, other, offset, offset + size);
  }

  /// Whether the first bytes are `prefix`.
  public boolean startsWith(Bytes prefix) {
    return size >= prefix.size
        && Arrays.equals(
            array, from, from + prefix.size, prefix.array, prefix.from, prefix.from + prefix.size);
  }

  /// Lower-case hexadecimal text starting with `0x`.
  public String toHex() {
    return "0x" + HEX.formatHex(array, from, from + size);
  }

  /// The array itself when it holds just these bytes, else a copy; never to be written to.
  byte[] unsafeArray() {
    return size == array.length ? array : toArray();
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(
        array, from, from + size, other.array, other.from, other.from + other.size);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(array, from, from + size, that.array, that.from, that.from + that.size);
  }

  @Override
  public int hashCode() {
    int result = hashCode;
    if (result == 0) {
      result = 1;
      for (int i = from; i < from + size; i++) {
        // A factor above 256, so that short sequences that differ do not fall together.
        result = 0x9e3779b1 * result + array[i];
      }
      hashCode = result;
    }
    return result;
  }

  /// The same as [#toHex].
  @Override
  public String toString() {
    return toHex();
  }
}
