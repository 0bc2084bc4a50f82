package org.bitcloud.consensus.validator;

import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// Reads entries of a finalised state, for sources that compute weights from the ledger.
@FunctionalInterface
public interface StateReader {
  /// The value at `key`, or null where there is none.
  @Nullable Bytes get(Bytes key);
}
