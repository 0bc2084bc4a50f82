package org.bitcloud.contracts;

import org.bitcloud.primitives.attestation.AttestationSigners;
import org.bitcloud.primitives.attestation.BandwidthAttestation;

/// The rules that say which bandwidth attestations are due, whose keys must have signed them, and
/// what they change. Part of a corporation, and like it pure and without state of its own.
@FunctionalInterface
public interface AttestationRules {
  /// Applies one attestation of a block. It touches a fixed number of entries for each credit.
  ///
  /// @param context the corporation's entries, and the block
  /// @param signers recovered from the signatures; not yet compared with anybody's keys
  /// @throws Revert if it is not due, was attested before, or others had to sign; then everything
  ///   it did is undone and a block with it is invalid
  void attest(HookContext context, BandwidthAttestation attestation, AttestationSigners signers)
      throws Revert;
}
