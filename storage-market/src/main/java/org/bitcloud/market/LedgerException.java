package org.bitcloud.market;

/// The ledger refused or could not answer; the kind says which.
public final class LedgerException extends Exception {
  private static final long serialVersionUID = 1;

  /// Why a call of the ledger failed.
  public enum Kind {
    /// A rule of a corporation refused the call; the message is its reason.
    REVERTED,
    /// The pool refused the transaction; the message is the pool's.
    REJECTED,
    /// The ledger did not answer; the same call may succeed later.
    UNAVAILABLE
  }

  /// The kind of failure.
  private final Kind kind;

  /// Makes a failure of a kind with a message for people.
  public LedgerException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// Makes a failure with what caused it.
  public LedgerException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// Returns the kind of failure.
  public Kind kind() {
    return kind;
  }

  /// Tells whether the same call may succeed later.
  public boolean retryable() {
    return kind == Kind.UNAVAILABLE;
  }
}
