package org.bitcloud.market.sector;

/// The store holds as many sectors as it may.
public final class StoreFullException extends SectorStoreException {
  private static final long serialVersionUID = 1L;

  /// The store is full at this number of sectors.
  public StoreFullException(long capacitySectors) {
    super("the store is full: it may hold " + capacitySectors + " sectors");
  }
}
