package org.bitcloud.chain.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

/// Whatever comes in and whatever blocks take: the pool says, holds and offers what a list that is
/// searched from end to end says, holds and offers.
class PoolModelTest {
  private static final int SENDERS = 4;
  private static final int STEPS = 60;
  private static final PoolLimits LIMITS = new PoolLimits(4, 9, 1_150);

  @Test
  void doesWhatTheModelDoes() {
    Property.named("mempool").runs(40).check(PoolModelTest::run);
  }

  private static void run(Choices choices) throws Exception {
    TestNetwork network = TestNetwork.open();
    try (Mempool pool = Mempool.open(network.chain, LIMITS)) {
      PoolModel model = new PoolModel(LIMITS);
      for (int step = 0; step < STEPS; step++) {
        if (choices.below(8) == 0) {
          mine(network, pool, model, choices);
        } else {
          submit(pool, model, choices);
        }
        compare(pool, model);
      }
    }
  }

  private static void submit(Mempool pool, PoolModel model, Choices choices) {
    int from = choices.below(SENDERS);
    SignedTransaction transaction = transaction(from, choices);
    Optional<PoolRule> expected = model.submit(transaction, TestNetwork.user(from));
    MempoolVerdict verdict = pool.submit(transaction);
    choices.note(from + "/" + transaction.transaction().nonce() + " " + verdict);
    Optional<PoolRule> refusal =
        verdict instanceof MempoolVerdict.Refused refused
            ? Optional.of(refused.rule())
            : Optional.empty();
    assertEquals(expected, refusal);
  }

  private static SignedTransaction transaction(int from, Choices choices) {
    long cap = 8L + choices.below(12);
    return SignedTransaction.sign(
        new DynamicFeeTransaction(
            TestNetwork.CHAIN_ID,
            choices.below(7),
            TestNetwork.GIGA.times(choices.below((int) cap)).dividedBy(10),
            TestNetwork.GIGA.times(cap).dividedBy(10),
            60_000,
            TestNetwork.user(9),
            Amount.ONE,
            Bytes.wrap(new byte[choices.below(3) * 100])),
        TestNetwork.key(from));
  }

  private static void mine(TestNetwork network, Mempool pool, PoolModel model, Choices choices)
      throws Exception {
    Amount baseFee = network.chain.head().nextBaseFee();
    List<SignedTransaction> offered = drain(pool.source(baseFee));
    assertEquals(model.offered(baseFee), offered);
    assertEquals(!offered.isEmpty(), pool.hasExecutable(baseFee));
    List<SignedTransaction> taken = offered.subList(0, choices.below(offered.size() + 1));
    network.append(taken.toArray(SignedTransaction[]::new));
    model.mined(taken);
  }

  private static List<SignedTransaction> drain(TransactionSource source) {
    List<SignedTransaction> all = new ArrayList<>();
    for (Optional<SignedTransaction> next = source.next(); next.isPresent(); ) {
      all.add(next.get());
      next = source.next();
    }
    return all;
  }

  private static void compare(Mempool pool, PoolModel model) {
    List<SignedTransaction> waiting = model.waiting();
    assertEquals(waiting, pool.waiting());
    assertEquals(waiting.size(), pool.size());
    assertEquals(waiting.stream().mapToLong(SignedTransaction::size).sum(), pool.bytes());
    assertTrue(pool.size() <= LIMITS.transactions() && pool.bytes() <= LIMITS.bytes());
    long executable = 0;
    for (int i = 0; i < SENDERS; i++) {
      Address sender = TestNetwork.user(i);
      assertEquals(model.pendingNonce(sender), pool.pendingNonce(sender));
      executable +=
          waiting.stream()
              .filter(tx -> sender.equals(tx.senderIfKnown()))
              .filter(tx -> tx.transaction().nonce() < model.pendingNonce(sender))
              .count();
    }
    assertEquals(executable, new HashSet<>(pool.pending()).size());
  }
}
