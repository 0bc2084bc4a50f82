package org.bitcloud.primitives.abi;

import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// Reads the values of one untrusted tuple, such as a function's arguments, one after the other.
///
/// Takes only the layout that [AbiWriter] writes: offsets in order without gaps or overlaps,
/// padding of zeros, nothing after the end. Nothing is allocated before its size is checked against
/// the bytes at hand. For one thread.
public final class AbiReader {
  private static final int WORD = 32;
  private static final int DEPTH_MAX = 16;

  /// Reads one element of an array or all fields of a struct.
  @FunctionalInterface
  public interface ElementReader<T> {
    /// The element, read from its first to its last word.
    ///
    /// @throws MalformedException if it is not what it should be
    T read(AbiReader reader) throws MalformedException;
  }

  private final Bytes input;
  private final int start;
  private final int depth;
  private int headAt;
  // Where heads must stop: where the first tail starts, unknown before the first offset is read.
  private int headEnd;
  // Where the next tail must start.
  private int tailAt;

  private AbiReader(Bytes input, int start, int depth) {
    this.input = input;
    this.start = start;
    this.depth = depth;
    this.headAt = start;
    this.headEnd = input.size();
    this.tailAt = -1;
  }

  /// A reader of all the given bytes, a function's selector not among them.
  public static AbiReader of(Bytes input) {
    return new AbiReader(input, 0, 0);
  }

  /// What `body` reads from all the given bytes.
  ///
  /// @throws MalformedException if they are not exactly that
  public static <T> T decode(Bytes input, ElementReader<T> body) throws MalformedException {
    AbiReader reader = of(input);
    T result = body.read(reader);
    reader.end();
    return result;
  }

  /// A number from 0 to `max`, at most 2^63 - 1.
  ///
  /// @throws MalformedException if it is larger
  public long uintUpTo(long max) throws MalformedException {
    int at = word();
    zeros(at, WORD - Long.BYTES, "number is too large");
    long number = 0;
    for (int i = at + WORD - Long.BYTES; i < at + WORD; i++) {
      number = (number << 8) | input.unsigned(i);
    }
    if (number < 0 || number > max) {
      throw malformed("number is larger than " + max);
    }
    return number;
  }

  /// A `uint64`, of which only 0 to 2^63 - 1 is taken.
  ///
  /// @throws MalformedException if it is larger
  public long uint64() throws MalformedException {
    return uintUpTo(Long.MAX_VALUE);
  }

  /// A `uint32`.
  ///
  /// @throws MalformedException if it is larger
  public long uint32() throws MalformedException {
    return uintUpTo(0xffff_ffffL);
  }

  /// A `uint16`.
  ///
  /// @throws MalformedException if it is larger
  public int uint16() throws MalformedException {
    return (int) uintUpTo(0xffff);
  }

  /// A `uint8`.
  ///
  /// @throws MalformedException if it is larger
  public int uint8() throws MalformedException {
    return (int) uintUpTo(0xff);
  }

  /// A `uint256`.
  ///
  /// @throws MalformedException if it is missing
  public Amount uint() throws MalformedException {
    return Amount.of(new BigInteger(1, input.slice(word(), WORD).toArray()));
  }

  /// A `uintN`.
  ///
  /// @throws MalformedException if it needs more bits
  public Amount uintBits(int bits) throws MalformedException {
    Amount number = uint();
    if (number.drops().bitLength() > bits) {
      throw malformed("number has more than " + bits + " bits");
    }
    return number;
  }

  /// An `address`.
  ///
  /// @throws MalformedException if its padding is not zero
  public Address address() throws MalformedException {
    int at = word();
    zeros(at, WORD - Address.SIZE, "padding of an address is not zero");
    return new Address(input.slice(at + WORD - Address.SIZE, Address.SIZE).compact());
  }

  /// A `bool`.
  ///
  /// @throws MalformedException if it is neither 0 nor 1
  public boolean bool() throws MalformedException {
    return uintUpTo(1) == 1;
  }

  /// A `bytes32`.
  ///
  /// @throws MalformedException if it is missing
  public Hash hash() throws MalformedException {
    return new Hash(input.slice(word(), WORD).compact());
  }

  /// A `bytesN`.
  ///
  /// @throws MalformedException if its padding is not zero
  public Bytes bytesN(int size) throws MalformedException {
    int at = word();
    zeros(at + size, WORD - size, "padding of bytes" + size + " is not zero");
    return input.slice(at, size);
  }

  /// A `bytes` of at most so many bytes, sharing the input's array.
  ///
  /// @throws MalformedException if there are more, or its padding is not zero
  public Bytes bytes(int sizeMax) throws MalformedException {
    int at = tail();
    int size = length(at, sizeMax);
    long needed = ((long) size + WORD - 1) / WORD * WORD;
    if (needed > input.size() - at - WORD) {
      throw malformed("bytes are cut off");
    }
    int padded = (int) needed;
    zeros(at + WORD + size, padded - size, "padding of bytes is not zero");
    tailAt = at + WORD + padded;
    return input.slice(at + WORD, size);
  }

  /// A `string` in valid UTF-8 of at most so many bytes.
  ///
  /// @throws MalformedException if it is longer, not UTF-8, or its padding is not zero
  public String text(int sizeMax) throws MalformedException {
    Bytes bytes = bytes(sizeMax);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.asByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("text is not UTF-8", e);
    }
  }

  /// A `T[]` of at most so many elements, each read by `element`.
  ///
  /// @throws MalformedException if there are more, or one is not what it should be
  public <T> List<T> array(int countMax, ElementReader<T> element) throws MalformedException {
    int at = tail();
    int count = length(at, countMax);
    // Every element takes at least a word, so the list is never larger than the input allows.
    if (count > (input.size() - at - WORD) / WORD) {
      throw malformed("array is cut off");
    }
    AbiReader elements = nested(at + WORD);
    List<T> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(element.read(elements));
    }
    tailAt = elements.finish();
    return List.copyOf(list);
  }

  /// A struct of which everything has a fixed size; it stands in place.
  ///
  /// @throws MalformedException if it is not what it should be
  public <T> T tuple(ElementReader<T> fields) throws MalformedException {
    return fields.read(this);
  }

  /// A struct that holds `bytes`, `string` or an array; it stands behind an offset.
  ///
  /// @throws MalformedException if it is not what it should be
  public <T> T dynamicTuple(ElementReader<T> fields) throws MalformedException {
    AbiReader body = nested(tail());
    T result = fields.read(body);
    tailAt = body.finish();
    return result;
  }

  /// Checks that everything was read and nothing follows.
  ///
  /// @throws MalformedException if bytes remain
  public void end() throws MalformedException {
    if (finish() != input.size()) {
      throw malformed("bytes after the end");
    }
  }

  private AbiReader nested(int at) throws MalformedException {
    if (depth == DEPTH_MAX) {
      throw malformed("values are nested deeper than " + DEPTH_MAX);
    }
    return new AbiReader(input, at, depth + 1);
  }

  /// Where the tuple ends, once all of it was read.
  private int finish() throws MalformedException {
    if (tailAt < 0) {
      return headAt;
    }
    if (headAt != headEnd) {
      throw malformed("gap before the first value behind an offset");
    }
    return tailAt;
  }

  private int word() throws MalformedException {
    int at = headAt;
    if (headEnd - at < WORD) {
      throw malformed("value is missing");
    }
    headAt = at + WORD;
    return at;
  }

  /// Where the value behind the offset that comes next starts; it must be where the last one ended.
  private int tail() throws MalformedException {
    long target = start + uintUpTo(input.size());
    if (tailAt < 0) {
      if (target < headAt || target > input.size()) {
        throw malformed("offset points outside");
      }
      headEnd = (int) target;
    } else if (target != tailAt) {
      throw malformed("offset leaves a gap or overlaps");
    }
    return (int) target;
  }

  private int length(int at, int max) throws MalformedException {
    if (input.size() - at < WORD) {
      throw malformed("length is missing");
    }
    AbiReader length = new AbiReader(input, at, depth);
    return (int) length.uintUpTo(max);
  }

  private void zeros(int from, int count, String message) throws MalformedException {
    for (int i = from; i < from + count; i++) {
      if (input.get(i) != 0) {
        throw malformed(message);
      }
    }
  }

  private MalformedException malformed(String message) {
    return new MalformedException("ABI: " + message + " near byte " + headAt);
  }
}
