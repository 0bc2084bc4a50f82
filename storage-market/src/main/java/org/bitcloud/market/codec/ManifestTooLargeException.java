package org.bitcloud.market.codec;

/// The manifest of an object does not fit the one sector it is stored in: the object is too large.
public final class ManifestTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An object of this size exceeds what the erasure parameters allow.
  public ManifestTooLargeException(long size, int dataShards, int shards) {
    super(
        "an object of "
            + size
            + " bytes is too large: its manifest must fit one sector, which ends at "
            + Manifest.largestObject(dataShards, shards)
            + " bytes at "
            + dataShards
            + " of "
            + shards
            + "; split it or take more data shards");
  }
}
