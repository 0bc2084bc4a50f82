package org.bitcloud.chain;

/// A log query asks for more than one answer may hold, or for blocks that are no longer kept; the
/// message says what to ask instead.
public final class LogRangeException extends Exception {
  private static final long serialVersionUID = 1L;

  LogRangeException(String message) {
    super(message);
  }
}
