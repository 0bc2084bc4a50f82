package org.bitcloud.chain.block;

import java.util.Optional;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.attestation.BandwidthAttestation;

/// Attestations that this node has met before, with their signers.
@FunctionalInterface
public interface KnownAttestations {
  /// Knows none.
  KnownAttestations NONE = _ -> Optional.empty();

  /// Returns the attestation of a hash. Safe for several threads.
  Optional<BandwidthAttestation> known(Hash attestation);
}
