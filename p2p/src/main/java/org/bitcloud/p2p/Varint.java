package org.bitcloud.p2p;

import java.io.ByteArrayOutputStream;
import org.bitcloud.primitives.MalformedException;

/// The unsigned varint of multiformats: seven bits a byte, low bits first, minimal, at most 63
/// bits.
final class Varint {
  private static final int BYTES_MAX = 9;

  private Varint() {}

  /// Appends `value`, which is not negative.
  static void write(ByteArrayOutputStream out, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("varint of a negative number: " + value);
    }
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /// The varint that begins where `in` stands; `in` moves behind it.
  static long read(ByteCursor in) throws MalformedException {
    long value = 0;
    for (int i = 0; i < BYTES_MAX; i++) {
      int b = in.next();
      value |= (long) (b & 0x7f) << (7 * i);
      if ((b & 0x80) == 0) {
        if (b == 0 && i > 0) {
          throw new MalformedException("varint is not minimal");
        }
        return value;
      }
    }
    throw new MalformedException("varint is longer than " + BYTES_MAX + " bytes");
  }
}
