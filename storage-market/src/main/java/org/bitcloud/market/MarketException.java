package org.bitcloud.market;

/// The storage market could not do what was asked; the error has a stable code and the message says
/// what happened and what to do.
public final class MarketException extends Exception {
  private static final long serialVersionUID = 1;

  /// What went wrong.
  private final MarketError error;

  /// Makes a failure with a message for people.
  public MarketException(MarketError error, String message) {
    super(message);
    this.error = error;
  }

  /// Makes a failure with what caused it.
  public MarketException(MarketError error, String message, Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /// Returns what went wrong.
  public MarketError error() {
    return error;
  }
}
