package org.bitcloud.primitives.wallet;

/// A key store does not open with this password.
public final class WrongPasswordException extends Exception {
  private static final long serialVersionUID = 1L;

  WrongPasswordException() {
    super("wrong password");
  }
}
