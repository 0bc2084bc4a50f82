package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.pool.AttestationPool;
import org.bitcloud.chain.pool.AttestationRule;
import org.bitcloud.chain.pool.AttestationVerdict;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.StateKeys;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.Test;

/// Attestations from the pool into a block, into the state, and back when the block is undone.
class AttestationTest {
  private final TestNetwork network = TestNetwork.metered(1, HeaderRules.NONE);
  private final AttestationPool pool = AttestationPool.open(network.chain);

  private Block next(BlockHeader parent, long afterMillis, SignedTransaction... transactions) {
    BuildRequest request =
        BuildRequest.on(
            parent,
            parent.timeMillis() + afterMillis,
            TestNetwork.user(99),
            TestNetwork.NO_SEAL_DATA);
    UnsealedBlock built =
        network.chain.build(request, TestNetwork.source(List.of(transactions)), pool);
    return built.seal(Bytes.EMPTY);
  }

  private void decide(Block block) {
    TestNetwork.accept(network.chain.execute(block, TestNetwork.now(block)));
    network.chain.decide(Commit.finalize(block.hash()));
  }

  private long score(int seat) {
    try (StateView state = network.chain.latestState()) {
      return Meter.score(state.get(StateKeys.entry(Meter.ADDRESS, Meter.scoreKey(seat))));
    }
  }

  private void added(BandwidthAttestation attestation) {
    assertInstanceOf(AttestationVerdict.Added.class, pool.submit(attestation));
  }

  private void refused(AttestationRule rule, BandwidthAttestation attestation) {
    AttestationVerdict verdict = pool.submit(attestation);
    assertEquals(
        rule, assertInstanceOf(AttestationVerdict.Refused.class, verdict).rule(), "" + verdict);
  }

  @Test
  void takesThemInOrderBeforeTheTransactions() {
    added(Attested.of(4, 3, 0, 1));
    added(Attested.of(3, 5, 0, 2));
    added(Attested.of(3, 4, 1));
    Block block = next(network.chain.head(), 1_000, TestNetwork.transfer(0, 0, 1));
    assertEquals(
        List.of(Attested.of(3, 4, 1), Attested.of(3, 5, 0, 2), Attested.of(4, 3, 0, 1)),
        block.body().attestations());
    assertEquals(1, block.body().transactions().size());
    decide(block);
    assertEquals(2_001, score(3));
    assertEquals(1_001, score(4));
    assertEquals(2_002, score(5));
    assertEquals(0, pool.size());
  }

  @Test
  void anotherNodeComesToTheSameState() throws Exception {
    added(Attested.of(3, 4, 1, 2));
    Block block = next(network.chain.head(), 1_000);
    TestNetwork other = TestNetwork.metered(1, HeaderRules.NONE);
    Block received = Block.decode(block.encode());
    TestNetwork.accept(other.chain.execute(received, TestNetwork.now(block)));
    other.chain.decide(Commit.finalize(block.hash()));
    assertEquals(block.header().roots().state(), other.stateRoot());
    assertEquals(received.body(), other.chain.block(block.hash()).orElseThrow().body());
  }

  @Test
  void refusesWhatCannotEnterABlock() {
    added(Attested.of(3, 4, 1));
    refused(AttestationRule.ALREADY_KNOWN, Attested.of(3, 4, 1));
    refused(AttestationRule.WINDOW_TAKEN, Attested.of(3, 4, 1, 2));
    refused(AttestationRule.WRONG_CHAIN, Attested.on(1, 3, 5, 1));
    refused(AttestationRule.SIGNATURE, Attested.unrecoverable(3, 5, 1));
    refused(AttestationRule.NOT_DUE, Attested.signedByAnother(3, 5, 1));
    AttestationPool before = AttestationPool.open(TestNetwork.metered(2, HeaderRules.NONE).chain);
    AttestationVerdict early = before.submit(Attested.of(3, 4, 1));
    assertEquals(
        AttestationRule.INACTIVE, assertInstanceOf(AttestationVerdict.Refused.class, early).rule());
  }

  @Test
  void forgetsWhatIsNoLongerDue() {
    added(Attested.of(0, 4, 1));
    for (int i = 0; i < 10; i++) {
      network.append();
    }
    assertEquals(0, pool.size());
    assertNull(pool.known(Attested.of(0, 4, 1).hash()).orElse(null));
    refused(AttestationRule.NOT_DUE, Attested.of(0, 4, 1));
  }

  @Test
  void takesBackWhatAnUndoneBlockHeld() {
    TestNetwork open = network;
    BlockHeader parent = open.chain.head();
    added(Attested.of(3, 4, 1));
    Block first = next(parent, 1_000);
    TestNetwork.accept(open.chain.execute(first, TestNetwork.now(first)));
    open.chain.decide(Commit.switchTo(first.hash(), parent.hash(), parent.hash()));
    assertEquals(0, pool.size());
    Block rival = TestNetwork.build(open.chain, parent, 2_000);
    TestNetwork.accept(open.chain.execute(rival, TestNetwork.now(rival)));
    open.chain.decide(Commit.switchTo(rival.hash(), parent.hash(), parent.hash()));
    assertEquals(1, pool.size());
    assertEquals(0, score(4));
  }

  @Test
  void blocksTakeOverWhatThePoolHasChecked() throws Exception {
    BandwidthAttestation known = Attested.of(3, 4, 1);
    added(known);
    network.chain.useKnownAttestations(pool);
    TestNetwork other = TestNetwork.metered(1, HeaderRules.NONE);
    BuildRequest request =
        BuildRequest.on(
            other.chain.head(),
            TestNetwork.START_MILLIS + 1_000,
            TestNetwork.user(99),
            TestNetwork.NO_SEAL_DATA);
    UnsealedBlock built =
        other.chain.build(request, TransactionSource.EMPTY, () -> List.of(Attested.of(3, 4, 1)));
    Block received = Block.decode(built.seal(Bytes.EMPTY).encode());
    TestNetwork.accept(network.chain.execute(received, TestNetwork.now(received)));
    Block kept = network.chain.block(received.hash()).orElseThrow();
    assertSame(known, kept.body().attestations().getFirst());
  }

  @Test
  void leavesOutWhatTheRulesRefuseAndSaysWhy() {
    List<String> refusals = new ArrayList<>();
    AttestationSource source =
        new AttestationSource() {
          @Override
          public List<BandwidthAttestation> candidates() {
            return List.of(
                Attested.of(3, 4, 1),
                Attested.of(3, 4, 2),
                Attested.signedByAnother(3, 5, 1),
                Attested.unrecoverable(3, 6, 1));
          }

          @Override
          public void refused(BandwidthAttestation attestation, String code, String detail) {
            refusals.add(code);
          }
        };
    BuildRequest request =
        BuildRequest.on(
            network.chain.head(),
            TestNetwork.START_MILLIS + 1_000,
            TestNetwork.user(99),
            TestNetwork.NO_SEAL_DATA);
    Block block = network.chain.build(request, TransactionSource.EMPTY, source).seal(Bytes.EMPTY);
    assertEquals(List.of(Attested.of(3, 4, 1)), block.body().attestations());
    assertEquals(List.of("ATTESTATION_ORDER", "MET-03", "ATTESTATION_SIGNATURE"), refusals);
    assertTrue(network.chain.execute(block, TestNetwork.now(block)).isAccepted());
  }
}
