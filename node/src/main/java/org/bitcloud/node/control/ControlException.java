package org.bitcloud.node.control;

/// A running node that did not do what was asked, or did not answer; the message is for people.
public final class ControlException extends Exception {
  private static final long serialVersionUID = 1L;

  /// A refusal with its reason.
  public ControlException(String message) {
    super(message);
  }

  /// A refusal with what caused it.
  public ControlException(String message, Throwable cause) {
    super(message, cause);
  }
}
