package org.bitcloud.store;

/// Ordered key-value columns with atomic writes. Safe for use by many threads.
public interface KeyValueStore extends StoreReader, AutoCloseable {
  /// Applies a batch over all its columns: after a crash either all of it is there or nothing.
  ///
  /// Readers never see part of a batch. The batch's listeners run before this returns.
  ///
  /// @throws StoreException if writing fails; then nothing of the batch was applied
  /// @throws IllegalStateException if the batch was written before
  void write(WriteBatch batch, Durability durability);

  /// The store as it is now, unmoved by later writes.
  Snapshot snapshot();

  /// Closes the store with its cursors and snapshots; closing twice does nothing. What was written
  /// stays.
  @Override
  void close();
}
