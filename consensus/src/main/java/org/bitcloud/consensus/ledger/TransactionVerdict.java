package org.bitcloud.consensus.ledger;

/// What the pool says of a transaction.
///
/// @param code empty when it is welcome, else the stable name of the rule that refuses it
/// @param detail in words
/// @param priority what it offers the proposer for each unit of gas, in drops, capped
public record TransactionVerdict(String code, String detail, long priority) {
  /// Whether it is welcome.
  public boolean isAccepted() {
    return code.isEmpty();
  }
}
