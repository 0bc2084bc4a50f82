package org.bitcloud.node;

/// A service that could not start; the message says why and what to do about it.
public final class ServiceException extends Exception {
  private static final long serialVersionUID = 1L;

  /// A failure to start with the remedy.
  public ServiceException(String message) {
    super(message);
  }

  /// A failure to start with what caused it.
  public ServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
