package org.bitcloud.primitives.rlp;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// Writes canonical RLP item by item, lists nested by [#beginList] and [#endList].
///
/// For one thread. A writer that is done with [#toBytes] may be used again after [#reset].
public final class RlpWriter {
  private static final int LONGEST_HEADER = 5;

  private byte[] buffer;
  private int size;
  private int[] listStarts = new int[8];
  private int depth;

  /// A writer that has written nothing.
  public RlpWriter() {
    this(256);
  }

  private RlpWriter(int capacity) {
    this.buffer = new byte[capacity];
  }

  /// What `body` writes, usually one item.
  ///
  /// @throws IllegalStateException if the body leaves a list open
  public static Bytes encode(Consumer<RlpWriter> body) {
    RlpWriter writer = new RlpWriter();
    body.accept(writer);
    return writer.toBytes();
  }

  /// The header of a list whose encoded items have so many bytes together.
  public static Bytes listHeader(int contentSize) {
    RlpWriter writer = new RlpWriter(LONGEST_HEADER);
    writer.header(0xc0, contentSize);
    return writer.toBytes();
  }

  /// Opens a list; all that follows belongs to it until [#endList].
  @CanIgnoreReturnValue
  public RlpWriter beginList() {
    if (depth == listStarts.length) {
      listStarts = Arrays.copyOf(listStarts, 2 * depth);
    }
    listStarts[depth++] = size;
    return this;
  }

  /// Closes the innermost open list.
  ///
  /// @throws IllegalStateException if none is open
  @CanIgnoreReturnValue
  public RlpWriter endList() {
    if (depth == 0) {
      throw new IllegalStateException("no list is open");
    }
    int start = listStarts[--depth];
    int length = size - start;
    int headerSize = headerSize(length);
    reserve(headerSize);
    // The header's size is known only now, so the content moves up once per level.
    System.arraycopy(buffer, start, buffer, start + headerSize, length);
    size = start;
    header(0xc0, length);
    size += length;
    return this;
  }

  /// Writes a byte string.
  @CanIgnoreReturnValue
  public RlpWriter bytes(Bytes bytes) {
    int length = bytes.size();
    if (length == 1 && bytes.get(0) >= 0) {
      return single(bytes.get(0));
    }
    reserve(length + LONGEST_HEADER);
    header(0x80, length);
    bytes.copyTo(buffer, size);
    size += length;
    return this;
  }

  /// Writes a byte string.
  @CanIgnoreReturnValue
  public RlpWriter bytes(byte[] bytes) {
    return bytes(Bytes.wrap(bytes));
  }

  /// Writes the 32 bytes of a hash.
  @CanIgnoreReturnValue
  public RlpWriter hash(Hash hash) {
    return bytes(hash.bytes());
  }

  /// Writes the 20 bytes of an address.
  @CanIgnoreReturnValue
  public RlpWriter address(Address address) {
    return bytes(address.bytes());
  }

  /// Writes a number as its shortest big-endian bytes.
  @CanIgnoreReturnValue
  public RlpWriter amount(Amount amount) {
    return amount.fitsLong() ? number(amount.toLong()) : bytes(amount.toBytes());
  }

  /// Writes a number as its shortest big-endian bytes.
  ///
  /// @throws IllegalArgumentException if it is negative
  @CanIgnoreReturnValue
  public RlpWriter number(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("RLP has no negative numbers: " + number);
    }
    if (number != 0 && number < 0x80) {
      return single((byte) number);
    }
    int length = (Long.SIZE - Long.numberOfLeadingZeros(number) + 7) / 8;
    reserve(length + LONGEST_HEADER);
    header(0x80, length);
    bigEndian(number, length);
    return this;
  }

  /// Writes a text as UTF-8.
  @CanIgnoreReturnValue
  public RlpWriter text(String text) {
    return bytes(Bytes.ofUtf8(text));
  }

  /// Writes an item, or several, that are encoded already.
  @CanIgnoreReturnValue
  public RlpWriter raw(Bytes encodedItem) {
    reserve(encodedItem.size());
    encodedItem.copyTo(buffer, size);
    size += encodedItem.size();
    return this;
  }

  /// The number of bytes written so far, headers of open lists not counted.
  public int size() {
    return size;
  }

  /// A copy of all that was written.
  ///
  /// @throws IllegalStateException if a list is still open
  public Bytes toBytes() {
    if (depth != 0) {
      throw new IllegalStateException(depth + " lists are still open");
    }
    return Bytes.copyOf(buffer, 0, size);
  }

  /// Forgets all that was written.
  public void reset() {
    size = 0;
    depth = 0;
  }

  private RlpWriter single(byte value) {
    reserve(1);
    buffer[size++] = value;
    return this;
  }

  private void header(int base, int length) {
    if (length <= 55) {
      buffer[size++] = (byte) (base + length);
    } else {
      int lengthSize = headerSize(length) - 1;
      buffer[size++] = (byte) (base + 55 + lengthSize);
      bigEndian(length, lengthSize);
    }
  }

  private void bigEndian(long value, int length) {
    for (int i = length - 1; i >= 0; i--) {
      buffer[size++] = (byte) (value >>> (8 * i));
    }
  }

  private static int headerSize(int length) {
    return length <= 55 ? 1 : 1 + (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > buffer.length) {
      buffer =
          Arrays.copyOf(
              buffer, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * buffer.length)));
    }
  }
}
