package org.bitcloud.primitives;

/// Arithmetic on amounts left the range of 0 to 2^256 - 1, or divided by nothing.
public final class AmountException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  AmountException(String message) {
    super(message);
  }
}
