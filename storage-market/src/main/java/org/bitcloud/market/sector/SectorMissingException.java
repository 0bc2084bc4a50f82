package org.bitcloud.market.sector;

import org.bitcloud.primitives.Hash;

/// The store does not hold the sector that was asked for.
public final class SectorMissingException extends SectorStoreException {
  private static final long serialVersionUID = 1L;

  /// The sector of this root is not there.
  public SectorMissingException(Hash root) {
    super("no sector " + root + " is stored here");
  }
}
