package org.bitcloud.p2p;

import java.io.ByteArrayOutputStream;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// RFC 4648 base32, lower case, without padding: the default text of a CID of version 1.
final class Base32 {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  private Base32() {}

  static String encode(Bytes bytes) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (int i = 0; i < bytes.size(); i++) {
      held = (held << 8) | bytes.unsigned(i);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt((held >>> bits) & 31));
      }
      held &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt((held << (5 - bits)) & 31));
    }
    return text.toString();
  }

  /// The bytes of `text`; the bits left over must be zero and fewer than five.
  static Bytes decode(String text) throws MalformedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int bits = 0;
    int held = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new MalformedException("not base32: character " + i);
      }
      held = (held << 5) | digit;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        out.write(held >>> bits);
        held &= (1 << bits) - 1;
      }
    }
    if (held != 0 || bits >= 5) {
      throw new MalformedException("base32 text has bits left over");
    }
    return Bytes.wrap(out.toByteArray());
  }
}
