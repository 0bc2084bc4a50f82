package org.bitcloud.consensus.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitcloud.chain.AppliedBlock;
import org.bitcloud.chain.BlockRule;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.ledger.PayloadLimits;
import org.bitcloud.consensus.ledger.PayloadRequest;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.MemoryMedium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The engine on the real runtime, chain, pool and transactions.
@Timeout(60)
final class DevNetworkTest {
  private static final Map<String, String> ON_DEMAND =
      Map.of("blockMillis", "0", "windowMillis", "600000");
  private final MemoryMedium medium = new MemoryMedium();

  private DevNode node(Map<String, String> parameters) {
    return new DevNode(medium, parameters, InstantSource.system());
  }

  private static SignedTransaction transfer(int user, long nonce) {
    return Fixtures.transfer(DevNode.USERS.get(user), nonce);
  }

  @Test
  void sealsASubmittedTransactionAtOnce() {
    try (DevNode node = node(ON_DEMAND)) {
      List<Long> micros = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        SignedTransaction transaction = transfer(0, i);
        long begin = System.nanoTime();
        assertTrue(node.pool.submit(transaction).isAdded());
        AppliedBlock applied = node.blockOf(transaction);
        micros.add((System.nanoTime() - begin) / 1000);
        assertEquals(1, applied.receipts().size());
        assertTrue(applied.receipts().getFirst().success());
      }
      List<Long> warm = micros.subList(30, 60).stream().sorted().toList();
      System.out.printf("submit to decided: p50 %d us, max %d us%n", warm.get(15), warm.get(29));
      assertTrue(warm.get(15) < 100_000, "p50 " + warm.get(15) + " us");
      assertEquals(Height.of(60), node.chain.head().height());
      assertEquals(node.chain.head().ref(), node.chain.finalized());
      assertEquals(node.chain.head().ref(), node.chain.safe());
    }
  }

  @Test
  void batchesWhatComesTogether() {
    try (DevNode node = node(ON_DEMAND)) {
      List<SignedTransaction> all = new ArrayList<>();
      for (int nonce = 0; nonce < 50; nonce++) {
        for (int user = 0; user < 6; user++) {
          all.add(transfer(user, nonce));
        }
      }
      all.forEach(transaction -> assertTrue(node.pool.submit(transaction).isAdded()));
      all.forEach(node::blockOf);
      assertTrue(node.chain.head().height().value() < all.size());
      assertEquals(0, node.pool.size());
    }
  }

  @Test
  void sealsEmptyBlocksWhenNobodyAsks() {
    Map<String, String> hasty = Map.of("blockMillis", "0", "windowMillis", "800");
    try (DevNode node = node(hasty)) {
      AppliedBlock third =
          node.blocks.first(applied -> applied.block().height().equals(Height.of(3)), DevNode.SOON);
      assertEquals(List.of(), third.block().body().transactions());
    }
  }

  @Test
  void advanceReturnsWhenTheBlockIsDecided() throws Exception {
    try (DevNode node = node(ON_DEMAND)) {
      long before = node.chain.head().timeMillis();
      BlockRef first = node.control.advance(Duration.ofHours(5));
      assertEquals(node.chain.head().ref(), first);
      assertEquals(before + 5 * 3_600_000L, node.chain.head().timeMillis());
      SignedTransaction transaction = transfer(1, 0);
      assertTrue(node.pool.submit(transaction).isAdded());
      AppliedBlock next = node.blockOf(transaction);
      assertTrue(next.block().header().timeMillis() > node.chain.genesis().timeMillis());
      BlockRef third = node.control.advance(Duration.ofMillis(1));
      assertEquals(Height.of(3), third.height());
      assertThrows(IllegalArgumentException.class, () -> node.control.advance(Duration.ZERO));
    }
  }

  @Test
  void advanceIsRefusedOnceItHasStopped() {
    DevNode node = node(ON_DEMAND);
    node.close();
    assertThrows(IllegalStateException.class, () -> node.control.advance(Duration.ofSeconds(1)));
  }

  @Test
  void aRestartGoesOnFromTheLastDecision() throws Exception {
    BlockHeader head;
    try (DevNode node = node(ON_DEMAND)) {
      SignedTransaction transaction = transfer(0, 0);
      assertTrue(node.pool.submit(transaction).isAdded());
      node.blockOf(transaction);
      var _ = node.control.advance(Duration.ofDays(4000).dividedBy(12));
      head = node.chain.head();
    }
    try (DevNode node = node(ON_DEMAND)) {
      assertEquals(head, node.chain.head());
      SignedTransaction transaction = transfer(0, 1);
      assertTrue(node.pool.submit(transaction).isAdded());
      BlockHeader next = node.blockOf(transaction).block().header();
      assertEquals(head.height().next(), next.height());
      assertEquals(head.hash(), next.parent());
      assertTrue(next.timeMillis() > head.timeMillis());
    }
  }

  @Test
  void aStoreThatFailsHaltsTheNodeAndLosesNothingDecided() {
    Height decided;
    try (DevNode node = node(ON_DEMAND)) {
      SignedTransaction first = transfer(0, 0);
      assertTrue(node.pool.submit(first).isAdded());
      decided = node.blockOf(first).block().height();
      medium.crash();
      node.runtime.transactionsPending();
      var _ = node.runtime.command("advance", Map.of("millis", "1000")); // needs the store
      String why = node.halts.first(text -> true, DevNode.SOON);
      assertTrue(why.startsWith("the ledger failed to"), why);
    }
    try (DevNode node = node(ON_DEMAND)) {
      assertEquals(decided, node.chain.head().height());
    }
  }

  @Test
  void transactionsThatCannotPayTheBaseFeeMakeNoBlocks() {
    try (DevNode node = node(ON_DEMAND)) {
      KeyPair user = DevNode.USERS.get(2);
      var poor =
          new DynamicFeeTransaction(
              Fixtures.CHAIN_ID,
              0,
              Amount.of(1),
              Amount.of(1),
              21_000,
              Fixtures.key(99).address(),
              Amount.of(1),
              Bytes.EMPTY);
      assertTrue(node.pool.submit(SignedTransaction.sign(poor, user)).isAdded());
      SignedTransaction rich = transfer(3, 0);
      assertTrue(node.pool.submit(rich).isAdded());
      assertEquals(Height.of(1), node.blockOf(rich).block().height());
      assertEquals(1, node.pool.size());
    }
  }

  private static UnsealedBlock build(DevNode node, Address proposer, Bytes sealData) {
    BlockHeader head = node.chain.head();
    return node.ledger
        .build(
            PayloadRequest.fromPool(
                head.hash(),
                Instant.ofEpochMilli(head.timeMillis() + 1000),
                proposer,
                sealData,
                PayloadLimits.until(Instant.MAX)))
        .orElseThrow();
  }

  private static Bytes seal(KeyPair key, UnsealedBlock block) {
    return key.sign(block.header().hash()).toBytes65();
  }

  private static void assertSealRefused(DevNode node, Block block) {
    Verdict verdict = node.chain.check(block, Instant.now());
    Verdict.Rejected refused = assertInstanceOf(Verdict.Rejected.class, verdict);
    assertEquals(BlockRule.SEAL, refused.rule());
    assertFalse(node.ledger.check(block, Instant.now()).isAccepted());
  }

  @Test
  void theChainRefusesEveryOtherSealAndProposer() {
    try (DevNode node = node(ON_DEMAND)) {
      KeyPair validator = DevNode.VALIDATOR;
      KeyPair thief = Fixtures.key(2);
      UnsealedBlock good = build(node, validator.address(), DevRules.SEAL_DATA);
      assertTrue(node.chain.check(good.seal(seal(validator, good)), Instant.now()).isAccepted());
      assertSealRefused(node, good.seal(seal(thief, good)));
      assertSealRefused(node, good.seal(Bytes.EMPTY));
      byte[] tampered = seal(validator, good).toArray();
      tampered[40] ^= 1;
      assertSealRefused(node, good.seal(Bytes.wrap(tampered)));
      UnsealedBlock stolen = build(node, thief.address(), DevRules.SEAL_DATA);
      assertSealRefused(node, stolen.seal(seal(validator, stolen)));
      assertSealRefused(node, stolen.seal(seal(thief, stolen)));
      UnsealedBlock odd = build(node, validator.address(), Bytes.of((byte) 0xc1, (byte) 1));
      assertSealRefused(node, odd.seal(seal(validator, odd)));
      UnsealedBlock other = new UnsealedBlock(good.header().withSealData(Bytes.EMPTY), good.body());
      assertSealRefused(node, other.seal(seal(validator, other)));
    }
  }
}
