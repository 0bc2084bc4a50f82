package org.bitcloud.chain;

/// A snapshot is not the state after the trusted block; the message says what differs.
public final class SnapshotException extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param message what differs
  public SnapshotException(String message) {
    super(message);
  }
}
