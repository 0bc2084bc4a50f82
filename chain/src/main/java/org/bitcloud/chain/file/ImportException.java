package org.bitcloud.chain.file;

import org.bitcloud.primitives.Height;

/// A file's block is not one that this chain can take; the message says which rule it breaks. All
/// blocks below it are committed.
public final class ImportException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long height;

  ImportException(Height height, String message) {
    super("block " + height + ": " + message);
    this.height = height.value();
  }

  /// The height of the block that was refused.
  public Height height() {
    return new Height(height);
  }
}
