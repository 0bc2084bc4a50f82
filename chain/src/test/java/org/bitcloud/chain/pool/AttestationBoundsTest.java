package org.bitcloud.chain.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.bitcloud.chain.Attested;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.junit.jupiter.api.Test;

class AttestationBoundsTest {
  private final TestNetwork network = TestNetwork.metered(1, HeaderRules.NONE);

  private static void added(AttestationPool pool, BandwidthAttestation attestation) {
    assertInstanceOf(AttestationVerdict.Added.class, pool.submit(attestation));
  }

  private static void full(AttestationPool pool, BandwidthAttestation attestation) {
    AttestationVerdict verdict = pool.submit(attestation);
    assertEquals(
        AttestationRule.POOL_FULL,
        assertInstanceOf(AttestationVerdict.Refused.class, verdict).rule());
  }

  @Test
  void boundsTheCount() {
    AttestationPool pool = AttestationPool.open(network.chain, 2, 1 << 20);
    added(pool, Attested.of(3, 4, 1));
    added(pool, Attested.of(3, 5, 1));
    full(pool, Attested.of(3, 6, 1));
  }

  @Test
  void boundsTheBytesAndGivesThemBack() {
    BandwidthAttestation one = Attested.of(0, 4, 1);
    BandwidthAttestation larger = Attested.of(3, 5, 1, 2, 3);
    AttestationPool pool = AttestationPool.open(network.chain, 9, larger.size());
    added(pool, one);
    full(pool, larger);
    for (int i = 0; i < 10; i++) {
      network.append(); // until the first is no longer due
    }
    assertEquals(0, pool.size());
    added(pool, Attested.of(8, 5, 1, 2, 3));
  }

  @Test
  void recoversNobodyWhereThereIsNoPlace() {
    AttestationPool pool = AttestationPool.open(network.chain, 1, 1 << 20);
    added(pool, Attested.of(3, 4, 1));
    full(pool, Attested.unrecoverable(3, 5, 1)); // else its signature would be the reason
  }
}
