package org.bitcloud.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Stored bytes fail their check or are missing: the node must halt, not guess.
public final class CorruptStoreException extends StoreException {
  @Serial private static final long serialVersionUID = 1;

  /// Damage that reading found.
  public CorruptStoreException(String what, @Nullable Throwable cause) {
    super(Kind.CORRUPT, what, cause);
  }
}
