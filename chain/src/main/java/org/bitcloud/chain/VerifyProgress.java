package org.bitcloud.chain;

import org.bitcloud.primitives.Height;

/// Hears how far a verification has come; called after every block on the verifying thread.
@FunctionalInterface
public interface VerifyProgress {
  /// Hears nothing.
  VerifyProgress NONE = (done, head) -> {};

  /// A block was found good.
  ///
  /// @param done its height
  /// @param head the height at which verification will end
  void verified(Height done, Height head);
}
