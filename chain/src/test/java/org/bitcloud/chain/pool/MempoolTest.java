package org.bitcloud.chain.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.BuildRequest;
import org.bitcloud.chain.Commit;
import org.bitcloud.chain.Subscription;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.contracts.AdmissionRule;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.Test;

class MempoolTest {
  private final TestNetwork network = TestNetwork.open();
  private final Mempool pool = Mempool.open(network.chain, PoolLimits.DEFAULT);

  private static SignedTransaction paying(int from, long nonce, long cap, long tip) {
    return SignedTransaction.sign(
        new DynamicFeeTransaction(
            TestNetwork.CHAIN_ID,
            nonce,
            TestNetwork.GIGA.times(tip),
            TestNetwork.GIGA.times(cap),
            21_000,
            TestNetwork.user(9),
            Amount.ONE,
            Bytes.EMPTY),
        TestNetwork.key(from));
  }

  private static MempoolVerdict added(boolean executable) {
    return new MempoolVerdict.Added(executable);
  }

  private static List<SignedTransaction> drain(TransactionSource source) {
    List<SignedTransaction> all = new ArrayList<>();
    for (Optional<SignedTransaction> next = source.next(); next.isPresent(); ) {
      all.add(next.get());
      next = source.next();
    }
    return all;
  }

  @Test
  void queuesBehindANonceGapUntilItIsFilled() {
    assertEquals(added(true), pool.submit(paying(0, 0, 2, 1)));
    assertEquals(added(false), pool.submit(paying(0, 2, 2, 1)));
    assertEquals(1, pool.pendingNonce(TestNetwork.user(0)));
    assertEquals(1, pool.pending().size());
    assertEquals(added(true), pool.submit(paying(0, 1, 2, 1)));
    assertEquals(3, pool.pendingNonce(TestNetwork.user(0)));
    assertEquals(
        List.of(paying(0, 0, 2, 1), paying(0, 1, 2, 1), paying(0, 2, 2, 1)), pool.pending());
    assertEquals(0, pool.pendingNonce(TestNetwork.user(5)));
  }

  @Test
  void offersByTipThenAgeAndEachSendersByNonce() {
    assertTrue(pool.submit(paying(0, 0, 9, 1)).isAdded());
    assertTrue(pool.submit(paying(0, 1, 9, 8)).isAdded());
    assertTrue(pool.submit(paying(1, 0, 9, 3)).isAdded());
    assertTrue(pool.submit(paying(1, 1, 9, 2)).isAdded());
    assertTrue(pool.submit(paying(2, 0, 9, 2)).isAdded());
    assertEquals(
        List.of(
            paying(1, 0, 9, 3),
            paying(1, 1, 9, 2),
            paying(2, 0, 9, 2),
            paying(0, 0, 9, 1),
            paying(0, 1, 9, 8)),
        drain(pool.source(TestNetwork.GIGA)));
  }

  @Test
  void holdsBackWhatIsBelowTheBaseFee() {
    assertTrue(pool.submit(paying(0, 0, 2, 1)).isAdded());
    assertTrue(pool.submit(paying(0, 1, 9, 1)).isAdded());
    assertFalse(pool.hasExecutable(TestNetwork.GIGA.times(3)));
    assertEquals(List.of(), drain(pool.source(TestNetwork.GIGA.times(3))));
    assertTrue(pool.hasExecutable(TestNetwork.GIGA.times(2)));
    assertEquals(2, drain(pool.source(TestNetwork.GIGA.times(2))).size());
  }

  @Test
  void leavesOutTheRestOfASenderThatTheBuilderRefuses() {
    assertTrue(pool.submit(paying(0, 0, 9, 3)).isAdded());
    assertTrue(pool.submit(paying(0, 1, 9, 3)).isAdded());
    assertTrue(pool.submit(paying(1, 0, 9, 1)).isAdded());
    TransactionSource source = pool.source(TestNetwork.GIGA);
    SignedTransaction first = source.next().orElseThrow();
    source.refused(first, "TX-09", "no gas left");
    assertEquals(List.of(paying(1, 0, 9, 1)), drain(source));
    assertEquals(3, pool.size());
  }

  @Test
  void passesOverNoncesThatTheBranchOfTheBlockHasUsed() {
    assertTrue(pool.submit(paying(0, 0, 9, 3)).isAdded());
    assertTrue(pool.submit(paying(0, 1, 9, 3)).isAdded());
    TransactionSource source = pool.source(TestNetwork.GIGA);
    source.refused(source.next().orElseThrow(), AdmissionRule.NONCE_TOO_LOW.code(), "");
    assertEquals(List.of(paying(0, 1, 9, 3)), drain(source));
    assertEquals(2, pool.size());
  }

  @Test
  void forgetsWhatABuilderFindsUnpaid() {
    BlockHeader fork = network.append().header();
    SignedTransaction gift =
        TestNetwork.sign(0, 0, TestNetwork.user(50), Amount.CLOUDCOIN, Bytes.EMPTY, 21_000);
    Block rich = execute(network.build(fork, gift));
    network.chain.decide(Commit.switchTo(rich.hash(), fork.hash(), fork.hash()));
    assertTrue(pool.submit(paying(50, 0, 9, 3)).isAdded());
    SignedTransaction rival = TestNetwork.transfer(0, 0, 2);
    Block poor = execute(network.build(fork, rival));
    network.chain.decide(Commit.switchTo(poor.hash(), fork.hash(), fork.hash()));
    assertEquals(List.of(paying(50, 0, 9, 3)), pool.waiting());
    BlockHeader head = network.chain.head();
    UnsealedBlock built =
        network.chain.build(
            BuildRequest.on(
                head, head.timeMillis() + 1, TestNetwork.user(99), TestNetwork.NO_SEAL_DATA),
            pool.source(head.nextBaseFee()));
    assertEquals(List.of(), built.body().transactions());
    assertEquals(0, pool.size());
  }

  @Test
  void whatFillsAGapTakesThePlaceOfTheSendersLast() {
    Mempool small = Mempool.open(network.chain, new PoolLimits(2, 9, 1 << 20));
    assertTrue(small.submit(paying(0, 1, 9, 1)).isAdded());
    assertTrue(small.submit(paying(0, 2, 9, 1)).isAdded());
    assertEquals(added(true), small.submit(paying(0, 0, 9, 1)));
    assertEquals(List.of(paying(0, 0, 9, 1), paying(0, 1, 9, 1)), small.pending());
    assertEquals(2, small.size());
  }

  @Test
  void replacesOnlyForATenthMoreInBothFields() {
    assertTrue(pool.submit(paying(0, 0, 100, 10)).isAdded());
    for (SignedTransaction tooCheap :
        List.of(paying(0, 0, 109, 11), paying(0, 0, 110, 10), paying(0, 0, 200, 10))) {
      assertEquals(
          new MempoolVerdict.Refused(
              PoolRule.REPLACEMENT_UNDERPRICED, "replacement transaction underpriced"),
          pool.submit(tooCheap));
    }
    assertEquals(added(true), pool.submit(paying(0, 0, 110, 11)));
    assertEquals(List.of(paying(0, 0, 110, 11)), pool.pending());
    assertEquals(1, pool.size());
  }

  @Test
  void makesRoomForHigherFees() {
    Mempool small = Mempool.open(network.chain, new PoolLimits(64, 3, 1 << 20));
    assertTrue(small.submit(paying(0, 0, 5, 1)).isAdded());
    assertTrue(small.submit(paying(0, 1, 3, 1)).isAdded());
    assertTrue(small.submit(paying(1, 0, 4, 1)).isAdded());
    assertTrue(small.submit(paying(2, 0, 4, 1)).isAdded());
    assertEquals(3, small.size());
    assertEquals(Optional.empty(), small.known(paying(0, 1, 3, 1).hash()));
    assertEquals(
        new MempoolVerdict.Refused(PoolRule.POOL_FULL, "txpool is full"),
        small.submit(paying(3, 0, 4, 1)));
    assertEquals(1, small.pendingNonce(TestNetwork.user(0)));
  }

  @Test
  void boundsTheBytesOfAll() {
    SignedTransaction one = paying(0, 0, 5, 1);
    Mempool small = Mempool.open(network.chain, new PoolLimits(64, 100, 2 * one.size() + 10));
    assertTrue(small.submit(one).isAdded());
    assertTrue(small.submit(paying(1, 0, 5, 1)).isAdded());
    assertFalse(small.submit(paying(2, 0, 5, 1)).isAdded());
    assertTrue(small.submit(paying(2, 0, 6, 1)).isAdded());
    assertEquals(2, small.size());
  }

  @Test
  void removesWhatABlockHoldsAndWhatItMakesImpossible() {
    assertTrue(pool.submit(paying(0, 0, 9, 1)).isAdded());
    assertTrue(pool.submit(paying(0, 1, 9, 1)).isAdded());
    assertTrue(pool.submit(paying(0, 3, 9, 1)).isAdded());
    network.append(paying(0, 0, 20, 2), TestNetwork.transfer(0, 1, 5));
    assertEquals(1, pool.size());
    assertEquals(2, pool.pendingNonce(TestNetwork.user(0)));
    assertEquals(added(true), pool.submit(paying(0, 2, 9, 1)));
    assertEquals(4, pool.pendingNonce(TestNetwork.user(0)));
  }

  @Test
  void removesWhatItsSenderCanNoLongerPay() {
    Amount nearlyAll = Amount.CLOUDCOIN.times(999);
    assertTrue(
        pool.submit(TestNetwork.sign(0, 1, TestNetwork.user(1), nearlyAll, Bytes.EMPTY, 21_000))
            .isAdded());
    network.append(TestNetwork.sign(0, 0, TestNetwork.user(1), nearlyAll, Bytes.EMPTY, 21_000));
    assertEquals(0, pool.size());
  }

  @Test
  void takesBackWhatAReorganisationUndoes() {
    BlockHeader fork = network.append().header();
    SignedTransaction undone = TestNetwork.transfer(0, 0, 1);
    Block a = execute(network.build(fork, undone, TestNetwork.transfer(1, 0, 2)));
    network.chain.decide(Commit.switchTo(a.hash(), fork.hash(), fork.hash()));
    assertEquals(0, pool.size());
    Block b = execute(network.build(fork, TestNetwork.transfer(1, 0, 2)));
    network.chain.decide(Commit.switchTo(b.hash(), fork.hash(), fork.hash()));
    assertEquals(List.of(undone), pool.pending());
    assertEquals(1, pool.pendingNonce(TestNetwork.user(0)));
  }

  @Test
  void fillsBlocksUntilItIsEmpty() {
    for (int user = 0; user < 5; user++) {
      for (int nonce = 0; nonce < 40; nonce++) {
        assertTrue(pool.submit(paying(user, nonce, 9, 1 + user)).isAdded());
      }
    }
    network.chain.useKnown(pool);
    int blocks = 0;
    while (pool.size() > 0) {
      BlockHeader head = network.chain.head();
      UnsealedBlock built =
          network.chain.build(
              BuildRequest.on(
                  head, head.timeMillis() + 1, TestNetwork.user(99), TestNetwork.NO_SEAL_DATA),
              pool.source(
                  network
                      .chain
                      .pendingContext(head.timeMillis() + 1, TestNetwork.user(99))
                      .baseFee()));
      Block block = execute(built.seal(Bytes.EMPTY));
      network.chain.decide(Commit.finalize(block.hash()));
      blocks++;
      assertTrue(network.audit().balanced());
    }
    assertEquals(200 * 21_000 / (int) TestNetwork.GAS_LIMIT + 1, blocks);
    assertEquals(40, network.chain.account(TestNetwork.user(4)).nonce());
  }

  @Test
  void tellsSubscribersOfWhatItTookIn() {
    List<SignedTransaction> heard = new ArrayList<>();
    try (Subscription _ = pool.subscribe(heard::add)) {
      assertTrue(pool.submit(paying(0, 0, 9, 1)).isAdded());
      assertFalse(pool.submit(paying(0, 0, 9, 1)).isAdded());
    }
    assertTrue(pool.submit(paying(0, 1, 9, 1)).isAdded());
    assertEquals(List.of(paying(0, 0, 9, 1)), heard);
  }

  @Test
  void recoversTheSenderOfAReceivedTransactionOnce() throws Exception {
    SignedTransaction received = SignedTransaction.decode(paying(0, 0, 9, 1).encoded());
    assertTrue(pool.submit(received).isAdded());
    assertNotNull(pool.known(received.hash()).orElseThrow().senderIfKnown());
  }

  @Test
  void stopsFollowingWhenClosed() {
    assertTrue(pool.submit(paying(0, 0, 9, 1)).isAdded());
    pool.close();
    network.append(paying(0, 0, 9, 1));
    assertEquals(1, pool.size());
  }

  private Block execute(Block block) {
    TestNetwork.accept(network.chain.execute(block, TestNetwork.now(block)));
    return block;
  }
}
