package org.bitcloud.contracts;

/// A rule of a corporation that a call may break, usually a constant of an enum.
public interface CorporationRule {
  /// The stable code, such as `STO-38`.
  String code();

  /// The rule in a few words.
  String text();

  /// A breach of this rule.
  default Revert revert() {
    return new Revert(code(), text());
  }

  /// Does nothing if the condition holds.
  ///
  /// @throws Revert with this rule if it does not
  default void require(boolean condition) throws Revert {
    if (!condition) {
      throw revert();
    }
  }
}
