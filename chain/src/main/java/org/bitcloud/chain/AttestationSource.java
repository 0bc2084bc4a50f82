package org.bitcloud.chain;

import java.util.List;
import org.bitcloud.primitives.attestation.BandwidthAttestation;

/// Where the attestations of a new block come from. Used by one thread.
public interface AttestationSource {
  /// Offers nothing.
  AttestationSource EMPTY = List::of;

  /// Returns the candidates in any order. The builder sorts them and takes as many as fit.
  List<BandwidthAttestation> candidates();

  /// Tells that a candidate does not go into this block.
  ///
  /// @param attestation the candidate
  /// @param code the stable name of the reason
  /// @param detail the reason in words
  default void refused(BandwidthAttestation attestation, String code, String detail) {}
}
