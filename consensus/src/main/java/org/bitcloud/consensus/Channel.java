package org.bitcloud.consensus;

/// The kinds of traffic between engines, each with bounds of its own.
public enum Channel {
  /// Proposals and votes, directly between validators.
  CONSENSUS,
  /// Certificates, to everybody.
  CERTIFICATES,
  /// Blocks, to everybody.
  BLOCKS
}
