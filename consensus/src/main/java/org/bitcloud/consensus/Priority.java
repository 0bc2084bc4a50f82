package org.bitcloud.consensus;

/// What goes first when a link is full.
public enum Priority {
  /// Before everything.
  VOTE,
  /// Before bulk.
  PROPOSAL,
  /// When there is room.
  BULK
}
