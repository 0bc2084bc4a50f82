package org.bitcloud.market.sector;

import org.bitcloud.primitives.Hash;

/// One sector on its way into a [SectorStore]; its bytes come in order, the zero tail left out.
///
/// For one thread. Closing it without a commit leaves nothing behind.
public interface SectorWriter extends AutoCloseable {
  /// Appends bytes to the sector.
  ///
  /// @throws IllegalArgumentException if the sector would exceed 4 MiB
  /// @throws SectorStoreException if the disk refuses
  void write(byte[] data, int offset, int length);

  /// Ends the sector and makes it durable, whichever root it has.
  ///
  /// When this returns, the sector outlives a loss of power. A sector that is stored already counts
  /// once.
  ///
  /// @return its root
  /// @throws StoreFullException if there is no room left
  /// @throws SectorStoreException if the disk refuses
  Hash commit();

  /// Ends the sector and makes it durable if it has this root.
  ///
  /// @throws SectorMismatchException if it has another one; nothing is kept then
  /// @throws StoreFullException if there is no room left
  /// @throws SectorStoreException if the disk refuses
  void commit(Hash expectedRoot);

  /// Discards what was not committed.
  @Override
  void close();
}
