package org.bitcloud.chain;

import org.bitcloud.primitives.Height;

/// What is stored is not what a replay from genesis gives; the message says where they part.
public final class VerifyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long height;

  VerifyException(Height height, String message) {
    super("block " + height.value() + ": " + message);
    this.height = height.value();
  }

  /// Returns the first height at which something is wrong.
  public Height height() {
    return new Height(height);
  }
}
