package org.bitcloud.store;

import org.bitcloud.primitives.Bytes;

/// A walk over the entries of a range, as they were when the walk began; must be closed.
///
/// It starts before the first entry. Belongs to one thread.
public interface Cursor extends AutoCloseable {
  /// Moves to the next entry; false when there is none.
  ///
  /// @throws StoreException if reading fails
  boolean next();

  /// The key of the entry at which the cursor is.
  ///
  /// @throws IllegalStateException if the cursor is at none
  Bytes key();

  /// The value of the entry at which the cursor is.
  ///
  /// @throws IllegalStateException if the cursor is at none
  Bytes value();

  /// Gives back what the cursor holds; closing twice does nothing.
  @Override
  void close();
}
