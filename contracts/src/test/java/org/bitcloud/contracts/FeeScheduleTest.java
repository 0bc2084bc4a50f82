package org.bitcloud.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.junit.jupiter.api.Test;

class FeeScheduleTest {
  private static final Amount GWEI = Amount.of(1_000_000_000);

  private static void assertNext(long expected, long used, long limit, Amount base) {
    assertEquals(Amount.of(expected), FeeSchedule.nextBaseFee(used, limit, base));
  }

  @Test
  void baseFeeMovesAsEip1559Says() {
    // The published vectors: a block at, below and above its target of half the limit.
    assertNext(1_000_000_000, 10_000_000, 20_000_000, GWEI);
    assertNext(987_500_000, 9_000_000, 20_000_000, GWEI);
    assertNext(1_012_500_000, 11_000_000, 20_000_000, GWEI);
    assertNext(875_000_000, 0, 20_000_000, GWEI);
    assertNext(1_125_000_000, 20_000_000, 20_000_000, GWEI);
  }

  @Test
  void baseFeeRisesByAtLeastOneDropAndFallsToSevenByItself() {
    assertNext(8, 10_000_001, 20_000_000, Amount.of(7));
    assertNext(7, 0, 20_000_000, Amount.of(7));
    assertNext(1, 15_000_000, 20_000_000, Amount.ZERO);
    Amount fee = GWEI;
    for (int i = 0; i < 500; i++) {
      fee = FeeSchedule.nextBaseFee(0, 20_000_000, fee);
    }
    assertTrue(fee.compareTo(Amount.of(8)) < 0);
  }

  @Test
  void encodingComesBackAndIsStrict() throws MalformedException {
    Bytes encoded = FeeSchedule.DEFAULT.encode();
    assertEquals(FeeSchedule.DEFAULT, FeeSchedule.decode(encoded));
    Bytes longer = Bytes.concat(encoded, Bytes.of((byte) 0));
    assertThrows(MalformedException.class, () -> FeeSchedule.decode(longer));
  }

  @Test
  void hashingIsChargedByStartedWords() {
    FeeSchedule.Operations prices = FeeSchedule.DEFAULT.operations();
    assertEquals(prices.hash() + 2 * prices.hashWord(), prices.hashing(33));
    assertEquals(prices.hash() + prices.hashWord(), prices.hashing(32));
  }
}
