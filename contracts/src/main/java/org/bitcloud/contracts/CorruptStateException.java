package org.bitcloud.contracts;

import org.bitcloud.primitives.MalformedException;

/// State that the rules wrote themselves does not decode: the store behind it is broken.
///
/// Nobody but the process's root may catch it; a node whose state is damaged must stop.
public final class CorruptStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Names what did not decode, and why.
  public CorruptStateException(String what, MalformedException cause) {
    super("stored " + what + " is damaged: " + cause.getMessage(), cause);
  }
}
