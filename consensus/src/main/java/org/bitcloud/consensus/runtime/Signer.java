package org.bitcloud.consensus.runtime;

import java.util.Optional;
import org.bitcloud.consensus.SignIntent;
import org.bitcloud.primitives.Bytes;

/// Holds the node's consensus key and the guard that keeps it from signing what excludes each
/// other. Called by the engine's thread; what it has promised is on disk when it returns.
@FunctionalInterface
public interface Signer {
  /// A node that only follows: signs nothing.
  Signer NONE = intent -> Optional.empty();

  /// The signature for `intent`, or empty when the guard refuses or there is no key.
  Optional<Bytes> sign(SignIntent intent);
}
