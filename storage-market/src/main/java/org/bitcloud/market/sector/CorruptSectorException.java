package org.bitcloud.market.sector;

import org.bitcloud.primitives.Hash;

/// The stored bytes of a sector are not what was put there: the disk is failing or was tampered
/// with.
///
/// The sector stays where it is, for the operator to look at; deleting it and having it written
/// again heals it.
public final class CorruptSectorException extends SectorStoreException {
  private static final long serialVersionUID = 1L;

  private final transient Hash root;

  /// The sector of this root is damaged where `what` says.
  public CorruptSectorException(Hash root, String what) {
    super("sector " + root + " is damaged: " + what);
    this.root = root;
  }

  /// The root of the damaged sector.
  public Hash root() {
    return root;
  }
}
