package org.bitcloud.p2p;

import org.bitcloud.primitives.MalformedException;

/// Decimal numbers in addresses: ASCII digits only, no sign, no leading zero.
final class Decimal {
  private Decimal() {}

  static int parse(String text, int max) throws MalformedException {
    if (text.isEmpty() || text.length() > 9 || (text.length() > 1 && text.charAt(0) == '0')) {
      throw new MalformedException("not a number from 0 to " + max + ": " + text);
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new MalformedException("not a number from 0 to " + max + ": " + text);
      }
      value = value * 10 + digit;
    }
    if (value > max) {
      throw new MalformedException("not a number from 0 to " + max + ": " + text);
    }
    return value;
  }
}
