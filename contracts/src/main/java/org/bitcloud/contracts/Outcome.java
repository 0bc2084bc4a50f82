package org.bitcloud.contracts;

/// What became of a transaction.
public sealed interface Outcome {
  /// It is part of the block and changed the state, even if its call failed.
  ///
  /// @param result what its receipt needs
  record Applied(TransactionResult result) implements Outcome {}

  /// It may not be in the block; the state is as before.
  ///
  /// @param rule what it breaks
  /// @param detail the numbers behind it
  record Rejected(AdmissionRule rule, String detail) implements Outcome {
    /// The rule's stable code.
    public String code() {
      return rule.code();
    }

    /// The rule's words and the numbers, as wallets are told.
    public String message() {
      return detail.isEmpty() ? rule.text() : rule.text() + ": " + detail;
    }
  }
}
