package org.bitcloud.chain.file;

import java.io.IOException;

/// A file of blocks or of a state is not what it should be, or cannot be made; the message says
/// where and what.
public final class ChainFileException extends IOException {
  private static final long serialVersionUID = 1L;

  ChainFileException(String message) {
    super(message);
  }

  ChainFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
