package org.bitcloud.contracts;

/// A genesis file asks for what the rules cannot do; the message says what and how to mend it.
public final class GenesisException extends Exception {
  private static final long serialVersionUID = 1L;

  /// Says what is wrong.
  public GenesisException(String message) {
    super(message);
  }
}
