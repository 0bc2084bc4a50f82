package org.bitcloud.primitives.attestation;

import java.util.List;
import org.bitcloud.primitives.Address;

/// Whose keys signed an attestation. Whether they are the keys of its seats is for the rules to
/// say.
///
/// @param target who signed for the measured node
/// @param challengers who signed each credit, in the order of the credits
public record AttestationSigners(Address target, List<Address> challengers) {
  /// Copies the challengers.
  public AttestationSigners {
    challengers = List.copyOf(challengers);
  }
}
