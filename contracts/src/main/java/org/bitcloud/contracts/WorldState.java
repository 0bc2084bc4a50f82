package org.bitcloud.contracts;

import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// The ledger's state as of one moment: a flat map from keys to values.
///
/// Keys are made by [StateKeys]. Whether it may be shared between threads is up to who offers it.
public interface WorldState {
  /// The value under a key, or null when there is none.
  @Nullable Bytes get(Bytes key);
}
