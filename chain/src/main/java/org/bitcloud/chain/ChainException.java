package org.bitcloud.chain;

/// The store under a chain cannot be used: it belongs to another network, or what it holds is not
/// what was written. The message says what and what helps.
public final class ChainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChainException(String message) {
    super(message);
  }

  ChainException(String message, Throwable cause) {
    super(message, cause);
  }
}
