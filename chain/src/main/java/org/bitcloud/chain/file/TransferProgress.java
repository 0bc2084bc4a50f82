package org.bitcloud.chain.file;

import org.bitcloud.primitives.Height;

/// Hears how far an export or import has come, on the working thread.
@FunctionalInterface
public interface TransferProgress {
  /// Hears nothing.
  TransferProgress NONE = (height, done, total) -> {};

  /// A step was done.
  ///
  /// @param height of the block that was written or committed last
  /// @param done blocks or bytes so far
  /// @param total of the same unit; less than `done` where it is not known
  void moved(Height height, long done, long total);
}
