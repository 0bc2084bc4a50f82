package org.bitcloud.contracts.naming;

import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Keccak;

/// What a name may look like: a label as DNS has them, in small letters.
public final class Label {
  /// Characters of the shortest label.
  public static final int LENGTH_MIN = 3;

  /// Characters of the longest label: those of one label in DNS.
  public static final int LENGTH_MAX = 63;

  private Label() {}

  /// The first rule that a text breaks as a label; empty when it is one.
  public static Optional<NamingRule> broken(String label) {
    if (label.length() < LENGTH_MIN || label.length() > LENGTH_MAX) {
      return Optional.of(NamingRule.LABEL_LENGTH);
    }
    for (int i = 0; i < label.length(); i++) {
      if (!isSmallOrDigit(label.charAt(i)) && label.charAt(i) != '-') {
        return Optional.of(NamingRule.LABEL_CHARACTERS);
      }
    }
    boolean encoded = label.startsWith("--", 2);
    return label.startsWith("-") || label.endsWith("-") || encoded
        ? Optional.of(NamingRule.LABEL_HYPHENS)
        : Optional.empty();
  }

  /// What stands for a name in keys and topics: the Keccak-256 of its label.
  public static Hash id(String label) {
    return Keccak.hash(Bytes.ofUtf8(label));
  }

  static boolean isSmallOrDigit(char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
  }
}
