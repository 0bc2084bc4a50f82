package org.bitcloud.node.cli;

/// A command that failed, with the one line that the user reads: what, and in brackets the remedy.
final class CliException extends Exception {
  private static final long serialVersionUID = 1L;

  CliException(String what, String remedy) {
    super(what + " (" + remedy + ")");
  }

  CliException(String message) {
    super(message);
  }

  CliException(String message, Throwable cause) {
    super(message, cause);
  }
}
