package org.bitcloud.contracts;

import org.bitcloud.primitives.Bytes;

/// A state that the rules may change.
public interface MutableState extends WorldState {
  /// Sets the value under a key.
  void put(Bytes key, Bytes value);

  /// Removes the value under a key; nothing happens when there is none.
  void delete(Bytes key);
}
