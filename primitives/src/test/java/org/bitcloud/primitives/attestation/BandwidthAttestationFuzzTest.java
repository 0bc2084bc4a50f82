package org.bitcloud.primitives.attestation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// Any bytes are either refused or the one encoding of an attestation.
final class BandwidthAttestationFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void decodesCanonicallyOrRefuses(byte[] input) {
    Bytes bytes = Bytes.of(input);
    BandwidthAttestation attestation;
    try {
      attestation = BandwidthAttestation.decode(bytes);
    } catch (MalformedException e) {
      return;
    }
    assertEquals(bytes, attestation.reencoded());
    try {
      int challengers = attestation.signers().challengers().size();
      assertEquals(attestation.measurement().credits().size(), challengers);
    } catch (MalformedException e) {
      assertEquals(bytes, attestation.encoded());
    }
  }
}
