package org.bitcloud.store;

/// The direction in which a [Cursor] walks over keys, which are ordered by unsigned bytes.
public enum Order {
  /// Smallest key first.
  ASCENDING,
  /// Largest key first.
  DESCENDING
}
