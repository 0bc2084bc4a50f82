package org.bitcloud.chain.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bitcloud.chain.Bulletin;
import org.bitcloud.chain.Forgery;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// One transaction for every rule of the pool, refused by this rule, in words that wallets know.
class PoolRulesTest {
  private final TestNetwork network = TestNetwork.open();
  private final Mempool pool = Mempool.open(network.chain, new PoolLimits(3, 5, 1 << 20));

  private static SignedTransaction signed(
      long chainId, long nonce, long cap, long tip, long gas, @Nullable Address to) {
    return SignedTransaction.sign(
        new DynamicFeeTransaction(
            chainId,
            nonce,
            TestNetwork.GIGA.times(tip),
            TestNetwork.GIGA.times(cap),
            gas,
            to,
            Amount.ONE,
            Bytes.EMPTY),
        TestNetwork.key(0));
  }

  private static SignedTransaction plain(long nonce, long cap) {
    return signed(TestNetwork.CHAIN_ID, nonce, cap, 1, 21_000, TestNetwork.user(1));
  }

  private SignedTransaction fill(int from, int count) {
    for (int i = 0; i < count; i++) {
      assertTrue(pool.submit(TestNetwork.transfer(from + i / 3, i % 3, 9)).isAdded());
    }
    return TestNetwork.transfer(from, count, 9);
  }

  private Map<PoolRule, Supplier<SignedTransaction>> table() {
    Map<PoolRule, Supplier<SignedTransaction>> table = new EnumMap<>(PoolRule.class);
    long id = TestNetwork.CHAIN_ID;
    Address to = TestNetwork.user(1);
    table.put(
        PoolRule.ALREADY_KNOWN,
        () -> {
          assertTrue(pool.submit(plain(0, 2)).isAdded());
          return plain(0, 2);
        });
    table.put(PoolRule.WRONG_CHAIN, () -> signed(1, 0, 2, 1, 21_000, to));
    table.put(PoolRule.SIGNATURE, PoolRulesTest::unrecoverable);
    table.put(PoolRule.NO_RECIPIENT, () -> signed(id, 0, 2, 1, 60_000, null));
    table.put(PoolRule.TIP_ABOVE_FEE_CAP, () -> signed(id, 0, 2, 3, 21_000, to));
    table.put(PoolRule.INTRINSIC_GAS, () -> signed(id, 0, 2, 1, 20_999, to));
    table.put(PoolRule.BLOCK_GAS, () -> signed(id, 0, 2, 1, TestNetwork.GAS_LIMIT + 1, to));
    table.put(
        PoolRule.NONCE_TOO_LOW,
        () -> {
          network.append(plain(0, 2));
          return plain(0, 3);
        });
    table.put(PoolRule.NONCE_MAX, () -> plain(Long.MAX_VALUE, 2));
    table.put(PoolRule.SENDER_IS_CORPORATION, this::fromCorporation);
    table.put(
        PoolRule.INSUFFICIENT_FUNDS,
        () -> TestNetwork.sign(0, 0, to, Amount.CLOUDCOIN.times(1_000), Bytes.EMPTY, 21_000));
    table.put(
        PoolRule.REPLACEMENT_UNDERPRICED,
        () -> {
          assertTrue(pool.submit(plain(0, 20)).isAdded());
          return plain(0, 21);
        });
    table.put(PoolRule.SENDER_FULL, () -> fill(0, 3));
    table.put(
        PoolRule.POOL_FULL,
        () -> {
          var _ = fill(0, 5);
          return TestNetwork.transfer(7, 0, 9);
        });
    return table;
  }

  /* Nobody has a corporation's key; remembering its address as the sender stands for one who had. */
  private SignedTransaction fromCorporation() {
    try {
      SignedTransaction forged = SignedTransaction.decode(plain(0, 2).encoded());
      forged.rememberSender(Bulletin.ADDRESS);
      return forged;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static SignedTransaction unrecoverable() {
    return Forgery.unrecoverable();
  }

  @TestFactory
  List<DynamicTest> refusesWhatBreaksARule() {
    List<DynamicTest> tests = new ArrayList<>();
    table()
        .keySet()
        .forEach(
            rule ->
                tests.add(
                    DynamicTest.dynamicTest(
                        rule.code() + " " + rule, () -> new PoolRulesTest().refuses(rule))));
    return tests;
  }

  private void refuses(PoolRule rule) {
    SignedTransaction transaction = table().get(rule).get();
    MempoolVerdict.Refused refused =
        assertInstanceOf(MempoolVerdict.Refused.class, pool.submit(transaction));
    assertEquals(rule, refused.rule(), refused.message());
    if (rule != PoolRule.SIGNATURE) {
      assertTrue(refused.message().startsWith(rule.text()), refused.message());
    }
  }

  @Test
  void everyRuleHasARow() {
    assertEquals(EnumSet.allOf(PoolRule.class), table().keySet());
  }

  @Test
  void saysTheWordsThatWalletsMatchOn() {
    assertEquals("already known", PoolRule.ALREADY_KNOWN.text());
    assertEquals("nonce too low", PoolRule.NONCE_TOO_LOW.text());
    assertTrue(PoolRule.INSUFFICIENT_FUNDS.text().startsWith("insufficient funds"));
    assertEquals("intrinsic gas too low", PoolRule.INTRINSIC_GAS.text());
    assertEquals("replacement transaction underpriced", PoolRule.REPLACEMENT_UNDERPRICED.text());
    assertEquals(
        "max priority fee per gas higher than max fee per gas", PoolRule.TIP_ABOVE_FEE_CAP.text());
  }
}
