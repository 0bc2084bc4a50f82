package org.bitcloud.consensus;

/// How a block's body reaches others.
public enum Dissemination {
  /// Whole.
  FULL,
  /// As short ids of transactions that the others have.
  COMPACT,
  /// In erasure-coded pieces.
  CODED
}
