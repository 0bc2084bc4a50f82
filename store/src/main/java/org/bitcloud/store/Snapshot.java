package org.bitcloud.store;

/// The store as it was at one moment; must be closed, since it keeps overwritten data alive.
public interface Snapshot extends StoreReader, AutoCloseable {
  /// Lets the old data go; closing twice does nothing.
  @Override
  void close();
}
