package org.bitcloud.chain.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.LegacyTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.TransactionException;
import org.junit.jupiter.api.Test;

/// Garbage of every kind leaves nothing behind but what the bounds allow. `-Dpool.garbage=1000000`
/// for the long run; it prints the heap in use.
class PoolGarbageTest {
  private static final int COUNT = Integer.getInteger("pool.garbage", 12_000);
  private static final long GROWTH_MAX = 24L << 20;
  private static final PoolLimits LIMITS = new PoolLimits(64, 1_000, 1 << 20);

  private final TestNetwork network = TestNetwork.open();
  private final Mempool pool = Mempool.open(network.chain, LIMITS);
  private final SplittableRandom random = new SplittableRandom(7);
  private final Map<PoolRule, Integer> refused = new EnumMap<>(PoolRule.class);
  private int undecodable;
  private int added;

  @Test
  void remembersNoGarbage() {
    long before = heap();
    for (int i = 0; i < COUNT; i++) {
      throwIn(garbage(i));
    }
    long growth = heap() - before;
    System.out.printf(
        "%d pieces of garbage: %d undecodable, %d waiting, refused %s; heap grew by %d KiB%n",
        COUNT, undecodable, pool.size(), refused, growth >> 10);
    assertEquals(COUNT, undecodable + added + refused.values().stream().mapToInt(n -> n).sum());
    assertTrue(undecodable > COUNT / 4, "undecodable: " + undecodable);
    assertTrue(refused.getOrDefault(PoolRule.INSUFFICIENT_FUNDS, 0) > COUNT / 6);
    assertTrue(refused.getOrDefault(PoolRule.WRONG_CHAIN, 0) > COUNT / 10);
    assertTrue(refused.getOrDefault(PoolRule.SENDER_FULL, 0) > COUNT / 30);
    assertTrue(pool.size() <= TestNetwork.USERS * LIMITS.perSender(), "waiting: " + pool.size());
    assertTrue(pool.bytes() <= LIMITS.bytes());
    assertTrue(growth < GROWTH_MAX, "heap grew by " + growth);
    assertTrue(pool.submit(TestNetwork.transfer(0, 0, 1)).isAdded(), "still takes what is sound");
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void throwIn(Bytes garbage) {
    try {
      switch (pool.submit(SignedTransaction.decode(garbage))) {
        case MempoolVerdict.Added _ -> added++;
        case MempoolVerdict.Refused why -> refused.merge(why.rule(), 1, Integer::sum);
      }
    } catch (TransactionException e) {
      undecodable++;
    }
  }

  private Bytes garbage(int i) {
    return switch (i % 6) {
      case 0 -> Bytes.wrap(bytes(random.nextInt(300)));
      case 1 -> forged(farAhead());
      case 2 -> farAhead().encoded();
      case 3 -> poor(i).encoded();
      case 4 -> foreign(i).encoded();
      default -> cut(farAhead().encoded());
    };
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /* Well-formed and well-funded, but nothing that a block could hold for a long time. */
  private SignedTransaction farAhead() {
    long nonce = 1_000L + random.nextInt(1 << 30);
    return TestNetwork.transfer(random.nextInt(TestNetwork.USERS), nonce, 3);
  }

  /* Another number r: hardly ever in range of a curve point, or of somebody who owns nothing. */
  private Bytes forged(SignedTransaction signed) {
    byte[] encoded = signed.encoded().toArray();
    encoded[encoded.length - 40] ^= (byte) (1 + random.nextInt(255));
    return Bytes.wrap(encoded);
  }

  private SignedTransaction poor(int i) {
    return SignedTransaction.sign(
        new DynamicFeeTransaction(
            TestNetwork.CHAIN_ID,
            i,
            TestNetwork.GIGA,
            TestNetwork.GIGA.times(3),
            21_000,
            TestNetwork.user(1),
            Amount.ONE,
            Bytes.EMPTY),
        KeyPair.of(Bytes.wrap(positive(bytes(32)))));
  }

  private static byte[] positive(byte[] secret) {
    secret[0] = 1; // below the order of the group, and not zero
    return secret;
  }

  private SignedTransaction foreign(int i) {
    return SignedTransaction.sign(
        new LegacyTransaction(
            1, i, TestNetwork.GIGA, 21_000, TestNetwork.user(1), Amount.ONE, Bytes.EMPTY),
        TestNetwork.key(0));
  }

  private Bytes cut(Bytes encoded) {
    return encoded.slice(0, random.nextInt(encoded.size()));
  }
}
