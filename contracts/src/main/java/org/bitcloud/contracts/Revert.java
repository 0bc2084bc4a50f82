package org.bitcloud.contracts;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;

/// A call broke a rule: all its effects are undone, the gas used so far is paid.
///
/// Wallets see [#reason] as the ABI error `Error(string)`.
public final class Revert extends Exception {
  private static final long serialVersionUID = 1L;
  private static final Bytes ERROR_SELECTOR =
      Bytes.of((byte) 0x08, (byte) 0xc3, (byte) 0x79, (byte) 0xa0);
  private static final int WORD = 32;

  private final String code;

  /// A breach of the rule with a stable code such as `STO-07`, explained in a few words.
  public Revert(String code, String text) {
    // Reverts are outcomes, not faults: no trace, no suppression.
    super(code + " " + text, null, false, false);
    this.code = code;
  }

  /// The stable code of the rule.
  public String code() {
    return code;
  }

  /// The code and the text, as wallets show it.
  public String reason() {
    return String.valueOf(getMessage());
  }

  /// The reason as the ABI encoding of `Error(string)`.
  public Bytes encoded() {
    Bytes text = Bytes.ofUtf8(reason());
    byte[] padding = new byte[(WORD - text.size() % WORD) % WORD];
    return Bytes.concat(
        ERROR_SELECTOR,
        Amount.of(WORD).toBytes32(),
        Amount.of(text.size()).toBytes32(),
        text,
        Bytes.wrap(padding));
  }
}
