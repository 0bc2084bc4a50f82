package org.bitcloud.consensus.ledger;

import java.util.List;
import org.bitcloud.primitives.Bytes;

/// The signatures of a certificate.
public sealed interface SignatureBundle {
  /// One signature of 64 bytes (r, s, low s) for each signer, in the order of the signers' indices.
  record Each(List<Bytes> signatures) implements SignatureBundle {
    /// Takes an unmodifiable copy.
    public Each {
      signatures = List.copyOf(signatures);
    }
  }

  /// One BLS signature for all signers.
  record Aggregate(Bytes signature) implements SignatureBundle {}
}
