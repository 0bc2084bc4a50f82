package org.bitcloud.market.sector;

import org.bitcloud.primitives.Hash;

/// What was written is not the sector that was announced; nothing of it was kept.
public final class SectorMismatchException extends SectorStoreException {
  private static final long serialVersionUID = 1L;

  /// One root was expected and another one came out.
  public SectorMismatchException(Hash expected, Hash actual) {
    super("sector " + expected + " was announced, but the bytes are those of " + actual);
  }
}
