package org.bitcloud.consensus;

/// The engine that a genesis names cannot be made from its parameters; the message names the
/// parameter and what it may be.
public final class EngineConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// With a message for the operator.
  public EngineConfigException(String message) {
    super(message);
  }
}
