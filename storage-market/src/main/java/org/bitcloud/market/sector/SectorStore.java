package org.bitcloud.market.sector;

import java.util.List;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.merkle.MerkleProof;

/// Where a provider keeps sectors, each named by its root.
///
/// Any number of threads may use it. A sector is there once, however often it was put; counting who
/// needs it is the business of the caller.
public interface SectorStore extends AutoCloseable {
  /// A writer for one more sector.
  ///
  /// @throws StoreFullException if the store is full already
  SectorWriter writer();

  /// Stores the sector whose first bytes are `body` and whose others are zeros, durable on return.
  ///
  /// @return its root
  /// @throws IllegalArgumentException if the body exceeds 4 MiB
  /// @throws StoreFullException if there is no room left
  default Hash put(byte[] body) {
    try (SectorWriter writer = writer()) {
      writer.write(body, 0, body.length);
      return writer.commit();
    }
  }

  /// Leaves of a sector with the proof that ties them to its root.
  ///
  /// @throws IllegalArgumentException if the leaves are not inside a sector
  /// @throws SectorMissingException if the sector is not stored
  /// @throws CorruptSectorException if it is damaged where this reads it
  SectorRange read(Hash root, int firstLeaf, int leafCount);

  /// The subtrees of a sector, for proofs that span several.
  ///
  /// @return a source that throws [CorruptSectorException] where the sector is damaged
  /// @throws SectorMissingException if the sector is not stored
  MerkleProof.NodeSource nodes(Hash root);

  /// The number of leaves before the zero tail, which are all that takes room.
  ///
  /// @throws SectorMissingException if the sector is not stored
  int bodyLeaves(Hash root);

  /// Whether the sector is stored.
  boolean contains(Hash root);

  /// Removes a sector, durably.
  ///
  /// @return whether it was there
  boolean delete(Hash root);

  /// The roots of all sectors, in rising order.
  List<Hash> roots();

  /// Reads a whole sector and recomputes its root.
  ///
  /// @throws SectorMissingException if the sector is not stored
  /// @throws CorruptSectorException if it is damaged anywhere
  void scrub(Hash root);

  /// How many sectors may be stored.
  long capacitySectors();

  /// How many sectors are stored.
  long usedSectors();

  /// Bytes the disk could still take, whatever the capacity says.
  long freeBytes();

  /// Ends the use of the store.
  @Override
  void close();
}
