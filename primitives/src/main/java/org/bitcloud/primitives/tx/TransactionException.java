package org.bitcloud.primitives.tx;

import org.bitcloud.primitives.MalformedException;

/// A transaction broke a rule.
public final class TransactionException extends MalformedException {
  private static final long serialVersionUID = 1L;

  private final TransactionRule rule;

  /// An exception whose message is the rule's.
  public TransactionException(TransactionRule rule) {
    super(rule.message());
    this.rule = rule;
  }

  /// An exception whose message is the rule's with a detail after it.
  public TransactionException(TransactionRule rule, String detail) {
    super(rule.message() + ": " + detail);
    this.rule = rule;
  }

  /// The rule that was broken.
  public TransactionRule rule() {
    return rule;
  }
}
