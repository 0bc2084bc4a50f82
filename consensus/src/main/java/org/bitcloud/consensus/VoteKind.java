package org.bitcloud.consensus;

/// The kinds of vote.
public enum VoteKind {
  /// For a block of this view.
  NOTARIZE,
  /// For leaving this view without a block.
  NULLIFY,
  /// For the finality of this view's block.
  FINALIZE
}
