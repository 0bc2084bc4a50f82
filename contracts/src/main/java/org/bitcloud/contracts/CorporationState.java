package org.bitcloud.contracts;

import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// The entries of one corporation, which no other corporation can touch.
///
/// In a call every access is charged before it happens.
public interface CorporationState {
  /// The value of an entry, or null when there is none.
  @Nullable Bytes read(Bytes key);

  /// Sets an entry.
  void write(Bytes key, Bytes value);

  /// Removes an entry; nothing happens when there is none.
  void delete(Bytes key);
}
