package org.bitcloud.market.sector;

/// A sector store could not do what it was asked for; the message says which sector and why.
public class SectorStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// A failure of the store itself.
  public SectorStoreException(String message) {
    super(message);
  }

  /// A failure of what lies below the store, as a rule the disk.
  public SectorStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
