package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.LogsBloom;
import org.bitcloud.chain.block.Roots;
import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// One valid block, and for every rule one corruption of it that breaks this rule first.
class BlockRulesTest {
  private static final Bytes GOOD_SEAL = Bytes.ofUtf8("good");
  private static final Hash OTHER = new Hash(Bytes.wrap(filled(32, 7)));

  private static final HeaderRules SEALS =
      (header, proof, ancestry, now) ->
          proof.equals(GOOD_SEAL) || proof.size() > Block.SEAL_PROOF_BYTES_MAX
              ? Verdict.accepted()
              : Verdict.rejected(BlockRule.SEAL, "a bad seal");

  private final TestNetwork network = TestNetwork.metered(1, SEALS);
  private final Block valid =
      validBlock(network, List.of(Attested.of(1, 0, 2), Attested.of(1, 3, 2)));

  /* Where the rules for attestations are not active yet. */
  private final TestNetwork early = TestNetwork.metered(2, SEALS);

  private static Block validBlock(TestNetwork network, List<BandwidthAttestation> attestations) {
    BlockHeader parent = network.chain.head();
    UnsealedBlock built =
        network.chain.build(
            BuildRequest.on(
                parent,
                parent.timeMillis() + 1_000,
                TestNetwork.user(99),
                TestNetwork.NO_SEAL_DATA),
            TestNetwork.source(
                List.of(TestNetwork.transfer(0, 0, 1), TestNetwork.note(1, 0, "hi", Amount.of(5)))),
            () -> attestations);
    assertEquals(attestations, built.body().attestations());
    /* Decoded again, so that nothing is remembered of building it. */
    return reread(built.seal(GOOD_SEAL));
  }

  @Test
  void acceptsTheValidBlock() {
    assertEquals(Verdict.accepted(), network.chain.check(valid, now()));
    assertEquals(Verdict.accepted(), network.chain.execute(valid, now()));
  }

  @TestFactory
  List<DynamicTest> rejectsOneCorruptionPerRule() {
    List<DynamicTest> tests = new ArrayList<>();
    corruptions()
        .forEach(
            (rule, corruption) ->
                tests.add(
                    DynamicTest.dynamicTest(
                        rule.code() + " " + rule, () -> rejects(rule, corruption.apply(valid)))));
    return tests;
  }

  private void rejects(BlockRule rule, Block corrupted) {
    TestNetwork judge = rule == BlockRule.ATTESTATIONS_INACTIVE ? early : network;
    Verdict verdict = judge.chain.execute(corrupted, now());
    Verdict.Rejected rejected = assertInstanceOf(Verdict.Rejected.class, verdict);
    assertEquals(rule, rejected.rule(), rejected.toString());
  }

  @Test
  void everyRuleHasACorruption() {
    assertEquals(EnumSet.allOf(BlockRule.class), corruptions().keySet());
  }

  @Test
  void everyRuleIsInTheSpecificationWithItsNumber() throws Exception {
    String spec = Files.readString(Path.of("..", "docs", "spec", "validation.md"));
    for (BlockRule rule : BlockRule.values()) {
      String row = "| " + rule.code() + " | " + rule.name() + " | " + rule.text() + " |";
      assertTrue(spec.contains(row), "validation.md lacks: " + row);
    }
  }

  @Test
  void defersABlockWhoseParentIsUnknown() {
    Block orphan = with(valid, header -> HeaderChange.withLink(header, OTHER, header.height()));
    assertEquals(Verdict.missing(OTHER), network.chain.check(orphan, now()));
    assertEquals(Verdict.missing(OTHER), network.chain.execute(orphan, now()));
  }

  @Test
  void defersABlockThatTheEngineFindsTooEarly() {
    Instant later = now().plusSeconds(9);
    TestNetwork other =
        TestNetwork.metered(
            1,
            (header, proof, ancestry, now) ->
                now.isBefore(later) ? Verdict.notYet(later) : Verdict.accepted());
    assertEquals(Verdict.notYet(later), other.chain.check(valid, now()));
    assertEquals(Verdict.accepted(), other.chain.check(valid, later));
  }

  private Map<BlockRule, UnaryOperator<Block>> corruptions() {
    Map<BlockRule, UnaryOperator<Block>> table = new EnumMap<>(BlockRule.class);
    sizes(table);
    links(table);
    lists(table);
    results(table);
    return table;
  }

  private void sizes(Map<BlockRule, UnaryOperator<Block>> table) {
    table.put(
        BlockRule.SEAL_DATA_SIZE,
        block -> with(block, h -> h.withSealData(zeros(BlockHeader.SEAL_DATA_BYTES_MAX + 1))));
    table.put(
        BlockRule.SEAL_PROOF_SIZE,
        block -> new Block(block.header(), zeros(Block.SEAL_PROOF_BYTES_MAX + 1), block.body()));
    table.put(
        BlockRule.BODY_SIZE,
        block -> withBody(block, BlockBody.of(Collections.nCopies(65, largeTransaction()))));
    table.put(
        BlockRule.ATTESTATION_COUNT,
        block ->
            withBody(
                block,
                new BlockBody(
                    List.of(),
                    Collections.nCopies(BlockBody.ATTESTATIONS_MAX + 1, Attested.of(1, 0, 2)))));
  }

  private void links(Map<BlockRule, UnaryOperator<Block>> table) {
    table.put(
        BlockRule.HEIGHT,
        block -> with(block, h -> HeaderChange.withLink(h, h.parent(), h.height().next())));
    table.put(
        BlockRule.TIME,
        block -> with(block, h -> HeaderChange.withTime(h, TestNetwork.START_MILLIS)));
    table.put(
        BlockRule.GAS_LIMIT,
        block -> with(block, h -> HeaderChange.withGas(h, h.gasLimit() + 1, 0)));
    table.put(
        BlockRule.GAS_USED_BOUND,
        block -> with(block, h -> HeaderChange.withGas(h, h.gasLimit(), h.gasLimit() + 1)));
    table.put(
        BlockRule.BASE_FEE,
        block -> with(block, h -> HeaderChange.withBaseFee(h, h.baseFee().plus(Amount.ONE))));
    table.put(
        BlockRule.VALIDATORS, block -> with(block, h -> HeaderChange.withValidators(h, OTHER)));
    table.put(
        BlockRule.SEAL, block -> new Block(block.header(), Bytes.ofUtf8("forged"), block.body()));
  }

  private void lists(Map<BlockRule, UnaryOperator<Block>> table) {
    table.put(
        BlockRule.TRANSACTIONS_ROOT,
        block ->
            withBody(
                block,
                new BlockBody(
                    block.body().transactions().reversed(), block.body().attestations())));
    table.put(
        BlockRule.ATTESTATIONS_ROOT,
        block -> withBody(block, BlockBody.of(block.body().transactions())));
    table.put(
        BlockRule.ATTESTATIONS_INACTIVE,
        block -> attesting(validBlock(early, List.of()), Attested.of(1, 0, 2)));
    table.put(
        BlockRule.ATTESTATION_ORDER,
        block -> attesting(block, Attested.of(1, 3, 2), Attested.of(1, 0, 2)));
    table.put(BlockRule.ATTESTATION_CHAIN_ID, block -> attesting(block, Attested.on(1, 1, 0, 2)));
    table.put(
        BlockRule.ATTESTATION_SIGNATURE,
        block -> attesting(block, Attested.of(1, 0, 2), Attested.unrecoverable(1, 3, 2)));
    table.put(
        BlockRule.ATTESTATION_STATE, block -> attesting(block, Attested.signedByAnother(1, 0, 2)));
    table.put(
        BlockRule.CHAIN_ID, block -> rooted(block, BlockBody.of(List.of(signed(1, 0, 21_000)))));
    table.put(
        BlockRule.TRANSACTION_GAS,
        block ->
            rooted(
                block,
                BlockBody.of(List.of(signed(TestNetwork.CHAIN_ID, 0, TestNetwork.GAS_LIMIT + 1)))));
    table.put(
        BlockRule.SIGNATURE,
        block -> rooted(block, BlockBody.of(List.of(Forgery.unrecoverable()))));
    table.put(
        BlockRule.TRANSACTION_STATE,
        block -> rooted(block, BlockBody.of(List.of(TestNetwork.transfer(0, 5, 1)))));
  }

  private void results(Map<BlockRule, UnaryOperator<Block>> table) {
    table.put(
        BlockRule.GAS_USED,
        block -> with(block, h -> HeaderChange.withGas(h, h.gasLimit(), h.gasUsed() - 1)));
    Bytes bloom = LogsBloom.of(List.of(new Log(Bulletin.ADDRESS, List.of(OTHER), Bytes.EMPTY)));
    table.put(BlockRule.LOGS_BLOOM, block -> with(block, h -> HeaderChange.withBloom(h, bloom)));
    table.put(
        BlockRule.RECEIPTS_ROOT,
        block ->
            with(
                block,
                h ->
                    HeaderChange.withRoots(
                        h,
                        new Roots(
                            h.roots().state(),
                            h.roots().transactions(),
                            h.roots().attestations(),
                            OTHER))));
    table.put(BlockRule.BEACON, block -> with(block, h -> HeaderChange.withBeacon(h, OTHER)));
    table.put(
        BlockRule.STATE_ROOT,
        block ->
            with(
                block,
                h ->
                    HeaderChange.withRoots(
                        h,
                        new Roots(
                            OTHER,
                            h.roots().transactions(),
                            h.roots().attestations(),
                            h.roots().receipts()))));
  }

  // ---- making corrupted blocks ----

  private static Block attesting(Block block, BandwidthAttestation... attestations) {
    return rooted(block, new BlockBody(block.body().transactions(), List.of(attestations)));
  }

  private static SignedTransaction largeTransaction() {
    Bytes input = zeros(SignedTransaction.SIZE_MAX - 256);
    return TestNetwork.sign(0, 0, TestNetwork.user(1), Amount.ONE, input, 1);
  }

  private Instant now() {
    return TestNetwork.now(valid);
  }

  private static SignedTransaction signed(long chainId, long nonce, long gasLimit) {
    return SignedTransaction.sign(
        new DynamicFeeTransaction(
            chainId,
            nonce,
            TestNetwork.GIGA,
            TestNetwork.GIGA,
            gasLimit,
            TestNetwork.user(1),
            Amount.ONE,
            Bytes.EMPTY),
        TestNetwork.key(0));
  }

  private static Block reread(Block block) {
    try {
      return Block.decode(block.encode());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Block with(Block block, UnaryOperator<BlockHeader> change) {
    return new Block(change.apply(block.header()), block.sealProof(), block.body());
  }

  private static Block withBody(Block block, BlockBody body) {
    return new Block(block.header(), block.sealProof(), body);
  }

  private static Block rooted(Block block, BlockBody body) {
    return withBody(
        with(
            block,
            h ->
                HeaderChange.withRoots(
                    h,
                    new Roots(
                        h.roots().state(),
                        body.transactionsRoot(),
                        body.attestationsRoot(),
                        h.roots().receipts()))),
        body);
  }

  private static Bytes zeros(int size) {
    return Bytes.wrap(new byte[size]);
  }

  private static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
