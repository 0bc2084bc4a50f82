package org.bitcloud.chain.pool;

/// What the mempool says of a transaction.
public sealed interface MempoolVerdict {
  /// It waits for a block now.
  ///
  /// @param executable whether only its fee can keep it out of the next block: no nonce is missing
  ///   before it
  record Added(boolean executable) implements MempoolVerdict {}

  /// It does not.
  ///
  /// @param rule why
  /// @param message the rule's words, and the numbers after a colon
  record Refused(PoolRule rule, String message) implements MempoolVerdict {}

  /// Tells whether the transaction waits for a block.
  default boolean isAdded() {
    return this instanceof Added;
  }

  /// Makes a refusal.
  ///
  /// @param detail numbers to add to the rule's words; may be empty
  static MempoolVerdict refused(PoolRule rule, String detail) {
    return new Refused(rule, detail.isEmpty() ? rule.text() : rule.text() + ": " + detail);
  }
}
