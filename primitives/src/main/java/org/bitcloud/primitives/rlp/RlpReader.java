package org.bitcloud.primitives.rlp;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// Reads untrusted RLP from front to back and refuses every encoding but the canonical one.
///
/// Nothing is allocated before its size is checked against the bytes at hand. For one thread.
public final class RlpReader {
  /// What a reader takes at most.
  ///
  /// @param size bytes of the whole input
  /// @param depth lists inside one another
  public record Limits(int size, int depth) {
    /// Any size that fits an array, 32 lists deep.
    public static final Limits DEFAULT = new Limits(Integer.MAX_VALUE, 32);
  }

  private final Bytes input;
  private final int depthMax;
  private int at;
  // Where the innermost open list ends, or the input when none is open.
  private int end;
  private int[] outerEnds = new int[4];
  private int depth;

  // The content of the item that header() found.
  private int contentStart;
  private int contentLength;
  private boolean contentIsList;

  private RlpReader(Bytes input, int depthMax) {
    this.input = input;
    this.depthMax = depthMax;
    this.end = input.size();
  }

  /// A reader of all the given bytes within [Limits#DEFAULT].
  public static RlpReader of(Bytes input) {
    return new RlpReader(input, Limits.DEFAULT.depth());
  }

  /// A reader of all the given bytes.
  ///
  /// @throws MalformedException if they exceed the limit of size
  public static RlpReader of(Bytes input, Limits limits) throws MalformedException {
    if (input.size() > limits.size()) {
      throw new MalformedException(
          "RLP input has " + input.size() + " bytes, more than " + limits.size());
    }
    return new RlpReader(input, limits.depth());
  }

  /// Whether an item is left in the innermost open list, or in the input when none is open.
  public boolean hasNext() {
    return at < end;
  }

  /// Whether the next item is a list.
  ///
  /// @throws MalformedException if there is no next item
  public boolean isListNext() throws MalformedException {
    if (at >= end) {
      throw malformed("RLP item is missing");
    }
    return input.unsigned(at) >= 0xc0;
  }

  /// Steps into the list that comes next.
  ///
  /// @throws MalformedException if a byte string comes next, or too many lists are open
  public void enterList() throws MalformedException {
    header();
    if (!contentIsList) {
      throw malformed("RLP list expected");
    }
    if (depth == depthMax) {
      throw malformed("RLP lists are nested deeper than " + depthMax);
    }
    if (depth == outerEnds.length) {
      outerEnds = Arrays.copyOf(outerEnds, 2 * depth);
    }
    outerEnds[depth++] = end;
    at = contentStart;
    end = contentStart + contentLength;
  }

  /// Steps out of the innermost list, which must have been read to its end.
  ///
  /// @throws MalformedException if items remain in it
  /// @throws IllegalStateException if no list is open
  public void leaveList() throws MalformedException {
    if (depth == 0) {
      throw new IllegalStateException("no list is open");
    }
    if (at != end) {
      throw malformed("RLP list has more items than expected");
    }
    end = outerEnds[--depth];
  }

  /// A byte string of at most so many bytes, sharing the input's array.
  ///
  /// @throws MalformedException if it is longer, or no byte string comes next
  public Bytes readBytes(int sizeMax) throws MalformedException {
    string();
    if (contentLength > sizeMax) {
      throw malformed("RLP byte string has " + contentLength + " bytes, more than " + sizeMax);
    }
    return take();
  }

  /// A byte string of exactly so many bytes, sharing the input's array.
  ///
  /// @throws MalformedException if its size differs, or no byte string comes next
  public Bytes readExact(int size) throws MalformedException {
    string();
    if (contentLength != size) {
      throw malformed("RLP byte string has " + contentLength + " bytes instead of " + size);
    }
    return take();
  }

  /// A number from 0 to 2^63 - 1 without leading zeros.
  ///
  /// @throws MalformedException if it is larger, has leading zeros, or no byte string comes next
  public long readNumber() throws MalformedException {
    integer(Long.BYTES);
    long number = 0;
    for (int i = contentStart; i < contentStart + contentLength; i++) {
      number = (number << 8) | input.unsigned(i);
    }
    if (number < 0) {
      throw malformed("RLP number exceeds 2^63 - 1");
    }
    at = contentStart + contentLength;
    return number;
  }

  /// A number from 0 to 2^256 - 1 without leading zeros.
  ///
  /// @throws MalformedException if it is larger, has leading zeros, or no byte string comes next
  public Amount readAmount() throws MalformedException {
    integer(32);
    if (contentLength < Long.BYTES) {
      return Amount.of(readNumber());
    }
    return Amount.of(new BigInteger(1, take().toArray()));
  }

  /// A number below 2^256 without leading zeros, as 32 big-endian bytes.
  ///
  /// @throws MalformedException if it is larger, has leading zeros, or no byte string comes next
  public Bytes readWord() throws MalformedException {
    integer(32);
    byte[] word = new byte[32];
    take().copyTo(word, 32 - contentLength);
    return Bytes.wrap(word);
  }

  /// Thirty-two bytes, copied.
  ///
  /// @throws MalformedException if anything else comes next
  public Hash readHash() throws MalformedException {
    return new Hash(readExact(Hash.SIZE).compact());
  }

  /// Twenty bytes, copied.
  ///
  /// @throws MalformedException if anything else comes next
  public Address readAddress() throws MalformedException {
    return new Address(readExact(Address.SIZE).compact());
  }

  /// Twenty bytes, or none for no address.
  ///
  /// @throws MalformedException if anything else comes next
  public Optional<Address> readOptionalAddress() throws MalformedException {
    string();
    if (contentLength == 0) {
      at = contentStart;
      return Optional.empty();
    }
    return Optional.of(readAddress());
  }

  /// A text in valid UTF-8 of at most so many bytes.
  ///
  /// @throws MalformedException if it is longer or not UTF-8, or no byte string comes next
  public String readText(int sizeMax) throws MalformedException {
    ByteBuffer bytes = readBytes(sizeMax).asByteBuffer();
    try {
      // A fresh decoder reports what String's constructor would silently replace.
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("text is not UTF-8", e);
    }
  }

  /// The next item, list or byte string, with its header, sharing the input's array.
  ///
  /// Only its own header is checked, not what a list holds.
  ///
  /// @throws MalformedException if there is none or its header is wrong
  public Bytes rawNext() throws MalformedException {
    int start = at;
    header();
    at = contentStart + contentLength;
    return input.slice(start, at - start);
  }

  /// How many bytes of the input were read so far.
  public int position() {
    return at;
  }

  /// Checks that the whole input was read.
  ///
  /// @throws MalformedException if bytes remain
  /// @throws IllegalStateException if a list is open
  public void end() throws MalformedException {
    if (depth != 0) {
      throw new IllegalStateException(depth + " lists are still open");
    }
    if (at != end) {
      throw malformed("bytes after the end of RLP");
    }
  }

  private Bytes take() {
    at = contentStart + contentLength;
    return input.slice(contentStart, contentLength);
  }

  private void integer(int sizeMax) throws MalformedException {
    string();
    if (contentLength > sizeMax) {
      throw malformed("RLP number has more than " + sizeMax + " bytes");
    }
    if (contentLength > 0 && input.get(contentStart) == 0) {
      throw malformed("RLP number has leading zeros");
    }
  }

  private void string() throws MalformedException {
    header();
    if (contentIsList) {
      throw malformed("RLP byte string expected");
    }
  }

  private void header() throws MalformedException {
    if (at >= end) {
      throw malformed("RLP item is missing");
    }
    int first = input.unsigned(at);
    contentIsList = first >= 0xc0;
    if (first < 0x80) {
      contentStart = at;
      contentLength = 1;
      return;
    }
    int base = contentIsList ? 0xc0 : 0x80;
    int short0 = first - base;
    if (short0 <= 55) {
      contentStart = at + 1;
      contentLength = short0;
    } else {
      longHeader(short0 - 55);
    }
    if (contentLength > end - contentStart) {
      throw malformed("RLP item is longer than what holds it");
    }
    if (first == 0x81 && input.get(contentStart) >= 0) {
      throw malformed("RLP byte below 0x80 has a needless header");
    }
  }

  private void longHeader(int lengthSize) throws MalformedException {
    contentStart = at + 1 + lengthSize;
    if (lengthSize > Integer.BYTES || contentStart > end) {
      throw malformed("RLP item is longer than what holds it");
    }
    long length = 0;
    for (int i = at + 1; i < contentStart; i++) {
      length = (length << 8) | input.unsigned(i);
    }
    if (length <= 55 || length >>> (8 * (lengthSize - 1)) == 0) {
      throw malformed("RLP length is not the shortest");
    }
    if (length > end - contentStart) {
      throw malformed("RLP item is longer than what holds it");
    }
    contentLength = (int) length;
  }

  private MalformedException malformed(String message) {
    return new MalformedException(message + " at byte " + at);
  }
}
