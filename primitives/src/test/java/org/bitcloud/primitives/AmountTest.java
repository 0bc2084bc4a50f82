package org.bitcloud.primitives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AmountTest {
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(256);

  private static BigInteger number(Choices choices) {
    return new BigInteger(1, choices.bytesUpTo(32));
  }

  private static void agrees(BigInteger expected, java.util.function.Supplier<Amount> actual) {
    if (expected.signum() < 0 || expected.compareTo(LIMIT) >= 0) {
      assertThrows(AmountException.class, actual::get);
    } else {
      assertEquals(expected, actual.get().drops());
    }
  }

  @Test
  void computesLikeIntegersAndNeverWraps() {
    Property.named("amount arithmetic")
        .runs(500)
        .check(
            choices -> {
              BigInteger a = number(choices);
              BigInteger b = number(choices);
              long small = choices.longBetween(0, Long.MAX_VALUE);
              Amount x = Amount.of(a);
              Amount y = Amount.of(b);
              agrees(a.add(b), () -> x.plus(y));
              agrees(a.subtract(b), () -> x.minus(y));
              agrees(a.multiply(b), () -> x.times(y));
              agrees(a.multiply(BigInteger.valueOf(small)), () -> x.times(small));
              if (b.signum() > 0) {
                agrees(a.divide(b), () -> x.dividedBy(y));
              }
              assertEquals(a.compareTo(b) >= 0, x.minusChecked(y).isPresent());
              assertEquals(a.subtract(b).max(BigInteger.ZERO), x.minusOrZero(y).drops());
              assertEquals(a.min(b), x.min(y).drops());
              assertEquals(a.max(b), x.max(y).drops());
              assertEquals(Integer.signum(a.compareTo(b)), Integer.signum(x.compareTo(y)));
            });
  }

  @Test
  void survivesItsBytesAndItsText() {
    Property.named("amount codecs")
        .runs(300)
        .check(
            choices -> {
              Amount amount = Amount.of(number(choices));
              assertEquals(amount, Amount.ofBytes(amount.toBytes()));
              assertEquals(amount, Amount.ofBytes(amount.toBytes32()));
              assertEquals(32, amount.toBytes32().size());
              assertTrue(amount.isZero() || amount.toBytes().get(0) != 0);
              assertEquals(amount, Amount.parseCloudcoins(amount.toCloudcoins()));
            });
  }

  @Test
  void refusesWhatItCannotHold() {
    assertThrows(AmountException.class, () -> Amount.of(-1));
    assertThrows(AmountException.class, () -> Amount.of(LIMIT));
    assertThrows(AmountException.class, () -> Amount.ONE.times(-1));
    assertThrows(AmountException.class, () -> Amount.ONE.dividedBy(0));
    assertThrows(AmountException.class, () -> Amount.MAX.toLong());
    assertThrows(AmountException.class, () -> Amount.MAX.timesRatio(2, 1));
    assertEquals("amount overflow", message(() -> Amount.MAX.plus(Amount.ONE)));
    assertEquals(Optional.empty(), Amount.MAX.plusChecked(Amount.ONE));
    assertEquals(Long.MAX_VALUE, Amount.of(Long.MAX_VALUE).toLong());
  }

  private static String message(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(AmountException.class, executable).getMessage();
  }

  @Test
  void takesRatiosWithoutOverflowInBetween() {
    assertEquals(Amount.MAX, Amount.MAX.timesRatio(Long.MAX_VALUE, Long.MAX_VALUE));
    assertEquals(Amount.of(33), Amount.of(100).timesRatio(1, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1500000000000000000",
    "0, 0",
    "0.000000000000000001, 1",
    "42100000, 42100000000000000000000000",
    "007, 7000000000000000000"
  })
  void readsCloudcoins(String text, String drops) throws MalformedException {
    assertEquals(new BigInteger(drops), Amount.parseCloudcoins(text).drops());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "1.",
        ".5",
        "1e3",
        "1,5",
        "0.0000000000000000001",
        " 1",
        "１",
        "999999999999999999999999999999999999999999999999999999999999999999999999"
      })
  void refusesWhatIsNoAmount(String text) {
    assertThrows(MalformedException.class, () -> Amount.parseCloudcoins(text));
  }
}
