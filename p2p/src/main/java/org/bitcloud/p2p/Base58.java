package org.bitcloud.p2p;

import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// The base58 text of Bitcoin and libp2p, without a checksum.
final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private Base58() {}

  static String encode(Bytes bytes) {
    int zeros = 0;
    while (zeros < bytes.size() && bytes.get(zeros) == 0) {
      zeros++;
    }
    int[] digits = new int[bytes.size() * 138 / 100 + 1]; // log 256 / log 58 = 1.366
    int used = 0;
    for (int i = zeros; i < bytes.size(); i++) {
      int carry = bytes.unsigned(i);
      int at = 0;
      while (at < used || carry != 0) {
        carry += digits[at] << 8;
        digits[at] = carry % 58;
        carry /= 58;
        at++;
      }
      used = at;
    }
    StringBuilder text = new StringBuilder(zeros + used);
    text.repeat('1', zeros);
    for (int i = used - 1; i >= 0; i--) {
      text.append(ALPHABET.charAt(digits[i]));
    }
    return text.toString();
  }

  /// The bytes of `text`, which may have at most `charactersMax` characters: the work grows with
  /// the square of the length.
  static Bytes decode(String text, int charactersMax) throws MalformedException {
    if (text.length() > charactersMax) {
      throw new MalformedException("base58 text of " + text.length() + " characters");
    }
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == '1') {
      zeros++;
    }
    byte[] little = new byte[text.length()];
    int used = 0;
    for (int i = zeros; i < text.length(); i++) {
      int carry = ALPHABET.indexOf(text.charAt(i));
      if (carry < 0) {
        throw new MalformedException("not base58: character " + i);
      }
      int at = 0;
      while (at < used || carry != 0) {
        carry += (little[at] & 0xff) * 58;
        little[at] = (byte) carry;
        carry >>>= 8;
        at++;
      }
      used = at;
    }
    byte[] bytes = new byte[zeros + used];
    for (int i = 0; i < used; i++) {
      bytes[zeros + i] = little[used - 1 - i];
    }
    return Bytes.wrap(bytes);
  }
}
