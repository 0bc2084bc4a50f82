package org.bitcloud.primitives.attestation;

import org.bitcloud.primitives.Hash;

/// What one challenger pulled from the target in one window.
///
/// @param challenger number of the challenger's seat
/// @param bytes how many it received and checked, at least 1
/// @param transcript Merkle root over what it received, which a later dispute opens
public record BandwidthCredit(long challenger, long bytes, Hash transcript) {
  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException if a seat is negative or there are no bytes
  public BandwidthCredit {
    if (challenger < 0 || bytes < 1) {
      throw new IllegalArgumentException("a credit has a seat and at least one byte");
    }
  }
}
