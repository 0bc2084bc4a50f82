package org.bitcloud.consensus.ledger;

/// What the ledger says of an offered snapshot or chunk.
public enum SnapshotVerdict {
  /// Go on.
  ACCEPT,
  /// Fetch the chunk again.
  RETRY,
  /// Try another snapshot.
  REJECT_SNAPSHOT,
  /// Try another snapshot, of another sender.
  REJECT_SENDER,
  /// Give up.
  ABORT
}
