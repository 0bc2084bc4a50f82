package org.bitcloud.node.config;

/// A file, flag or variable that cannot be taken as it is; the message names it and the remedy.
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /// A complaint for the person who wrote the configuration.
  public ConfigException(String message) {
    super(message);
  }

  /// A complaint with what the system said.
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
