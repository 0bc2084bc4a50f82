package org.bitcloud.node.http;

import org.jspecify.annotations.Nullable;

/// A request that is answered with an error status and one line of text.
public final class HttpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /// An error answer with an HTTP status (400–599) and the line that the client reads.
  public HttpException(int status, @Nullable String message) {
    super(message);
    this.status = status;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }
}
