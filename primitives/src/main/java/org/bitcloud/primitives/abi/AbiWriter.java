package org.bitcloud.primitives.abi;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// Writes the values of one tuple, such as a function's arguments, in the canonical layout: what
/// has no fixed size stands after all the rest, in order, without gaps.
///
/// For one thread.
public final class AbiWriter {
  private static final int WORD = 32;

  private byte[] head = new byte[8 * WORD];
  private int headSize;
  // A tail's offset stands in the head at position positions.get(i).
  private final List<Integer> positions = new ArrayList<>();
  private final List<Bytes> tails = new ArrayList<>();

  /// A writer that has written nothing.
  public AbiWriter() {}

  /// What `body` writes.
  public static Bytes encode(Consumer<AbiWriter> body) {
    AbiWriter writer = new AbiWriter();
    body.accept(writer);
    return writer.toBytes();
  }

  /// Writes a number, for any `uintN` that holds it.
  ///
  /// @throws IllegalArgumentException if it is negative
  @CanIgnoreReturnValue
  public AbiWriter uint(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("uint cannot be negative: " + number);
    }
    int at = word();
    for (int i = 0; i < Long.BYTES; i++) {
      head[at + WORD - 1 - i] = (byte) (number >>> (8 * i));
    }
    return this;
  }

  /// Writes a number, for any `uintN` that holds it.
  @CanIgnoreReturnValue
  public AbiWriter uint(Amount number) {
    Bytes bytes = number.toBytes();
    int at = word();
    bytes.copyTo(head, at + WORD - bytes.size());
    return this;
  }

  /// Writes a number, for any `uintN` that holds it.
  ///
  /// @throws org.bitcloud.primitives.AmountException if it is negative or has more than 256 bits
  @CanIgnoreReturnValue
  public AbiWriter uint(BigInteger number) {
    return uint(Amount.of(number));
  }

  /// Writes an `address`.
  @CanIgnoreReturnValue
  public AbiWriter address(Address address) {
    int at = word();
    address.bytes().copyTo(head, at + WORD - Address.SIZE);
    return this;
  }

  /// Writes a `bool`.
  @CanIgnoreReturnValue
  public AbiWriter bool(boolean value) {
    return uint(value ? 1 : 0);
  }

  /// Writes a `bytes32`.
  @CanIgnoreReturnValue
  public AbiWriter hash(Hash hash) {
    int at = word();
    hash.copyTo(head, at);
    return this;
  }

  /// Writes a `bytesN` of as many bytes as there are.
  ///
  /// @throws IllegalArgumentException if there are none or more than 32
  @CanIgnoreReturnValue
  public AbiWriter bytesN(Bytes bytes) {
    if (bytes.isEmpty() || bytes.size() > WORD) {
      throw new IllegalArgumentException("no type bytes" + bytes.size());
    }
    int at = word();
    bytes.copyTo(head, at);
    return this;
  }

  /// Writes `bytes`.
  @CanIgnoreReturnValue
  public AbiWriter bytes(Bytes bytes) {
    int padded = Math.addExact(bytes.size(), WORD - 1) / WORD * WORD;
    byte[] tail = new byte[WORD + padded];
    putInt(tail, 0, bytes.size());
    bytes.copyTo(tail, WORD);
    return tail(Bytes.wrap(tail));
  }

  /// Writes a `string`.
  @CanIgnoreReturnValue
  public AbiWriter text(String text) {
    return bytes(Bytes.ofUtf8(text));
  }

  /// Writes a `T[]`; `element` writes exactly one value for each item.
  @CanIgnoreReturnValue
  public <T> AbiWriter array(List<T> items, BiConsumer<AbiWriter, T> element) {
    AbiWriter body = new AbiWriter();
    for (T item : items) {
      element.accept(body, item);
    }
    byte[] length = new byte[WORD];
    putInt(length, 0, items.size());
    return tail(Bytes.concat(Bytes.wrap(length), body.toBytes()));
  }

  /// Writes a struct: in place if all it holds has a fixed size, else behind an offset.
  @CanIgnoreReturnValue
  public AbiWriter tuple(Consumer<AbiWriter> fields) {
    AbiWriter body = new AbiWriter();
    fields.accept(body);
    if (!body.tails.isEmpty()) {
      return tail(body.toBytes());
    }
    reserve(body.headSize);
    System.arraycopy(body.head, 0, head, headSize, body.headSize);
    headSize += body.headSize;
    return this;
  }

  /// A copy of all that was written.
  public Bytes toBytes() {
    int total = headSize;
    for (Bytes tail : tails) {
      total = Math.addExact(total, tail.size());
    }
    byte[] result = Arrays.copyOf(Arrays.copyOf(head, headSize), total);
    int at = headSize;
    for (int i = 0; i < tails.size(); i++) {
      putInt(result, positions.get(i), at);
      tails.get(i).copyTo(result, at);
      at += tails.get(i).size();
    }
    return Bytes.wrap(result);
  }

  private AbiWriter tail(Bytes tail) {
    positions.add(word());
    tails.add(tail);
    return this;
  }

  private int word() {
    reserve(WORD);
    int at = headSize;
    headSize += WORD;
    return at;
  }

  private void reserve(int more) {
    int needed = Math.addExact(headSize, more);
    if (needed > head.length) {
      head = Arrays.copyOf(head, Math.max(needed, 2 * head.length));
    }
  }

  private static void putInt(byte[] target, int wordAt, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      target[wordAt + WORD - 1 - i] = (byte) (value >>> (8 * i));
    }
  }
}
