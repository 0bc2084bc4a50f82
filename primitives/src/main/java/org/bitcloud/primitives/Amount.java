package org.bitcloud.primitives;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// A number of drops: money, or any other unsigned number of up to 256 bits.
///
/// One cloudcoin is 10^18 drops. Arithmetic is checked: what leaves the range throws
/// [AmountException] and never wraps.
///
/// @param drops from 0 to 2^256 - 1
public record Amount(BigInteger drops) implements Comparable<Amount> {
  /// Nothing.
  public static final Amount ZERO = new Amount(BigInteger.ZERO);

  /// One drop.
  public static final Amount ONE = new Amount(BigInteger.ONE);

  /// One cloudcoin.
  public static final Amount CLOUDCOIN = new Amount(BigInteger.TEN.pow(18));

  /// The largest amount, 2^256 - 1.
  public static final Amount MAX =
      new Amount(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));

  private static final int DECIMALS = 18;
  // 78 digits hold 2^256; longer text is refused before it is parsed.
  private static final Pattern CLOUDCOINS = Pattern.compile("[0-9]{1,78}(\\.[0-9]{1,18})?");

  /// Checks the range.
  ///
  /// @throws AmountException if the value is negative or needs more than 256 bits
  public Amount {
    if (drops.signum() < 0 || drops.bitLength() > 256) {
      throw new AmountException(drops.signum() < 0 ? "amount below zero" : "amount overflow");
    }
  }

  /// So many drops.
  ///
  /// @throws AmountException if negative
  public static Amount of(long drops) {
    return drops == 0 ? ZERO : new Amount(BigInteger.valueOf(drops));
  }

  /// So many drops.
  ///
  /// @throws AmountException if negative or above 2^256 - 1
  public static Amount of(BigInteger drops) {
    return drops.signum() == 0 ? ZERO : new Amount(drops);
  }

  /// The number that big-endian bytes spell, leading zeros allowed.
  ///
  /// @throws AmountException if it exceeds 2^256 - 1
  public static Amount ofBytes(Bytes bigEndian) {
    return of(new BigInteger(1, bigEndian.unsafeArray()));
  }

  /// The amount that a decimal number of cloudcoins means, such as `1.5`.
  ///
  /// @throws MalformedException if it is no plain decimal number with at most 18 decimals, or too
  ///   large
  public static Amount parseCloudcoins(String text) throws MalformedException {
    if (!CLOUDCOINS.matcher(text).matches()) {
      throw new MalformedException(
          "an amount is a decimal number of cloudcoins with at most 18 decimals, such as 1.5");
    }
    BigInteger drops = new BigDecimal(text).movePointRight(DECIMALS).toBigIntegerExact();
    if (drops.bitLength() > 256) {
      throw new MalformedException("amount is too large");
    }
    return of(drops);
  }

  /// The number of cloudcoins as plain decimal text without trailing zeros.
  public String toCloudcoins() {
    if (isZero()) {
      return "0";
    }
    return new BigDecimal(drops, DECIMALS).stripTrailingZeros().toPlainString();
  }

  /// The sum.
  ///
  /// @throws AmountException on overflow
  public Amount plus(Amount other) {
    return new Amount(drops.add(other.drops));
  }

  /// The difference.
  ///
  /// @throws AmountException if the other is larger
  public Amount minus(Amount other) {
    return of(drops.subtract(other.drops));
  }

  /// The difference, or empty if the other is larger.
  public Optional<Amount> minusChecked(Amount other) {
    return compareTo(other) < 0 ? Optional.empty() : Optional.of(minus(other));
  }

  /// The sum, or empty if it exceeds 2^256 - 1.
  public Optional<Amount> plusChecked(Amount other) {
    BigInteger sum = drops.add(other.drops);
    return sum.bitLength() > 256 ? Optional.empty() : Optional.of(new Amount(sum));
  }

  /// The difference, or zero if the other is larger.
  public Amount minusOrZero(Amount other) {
    return compareTo(other) <= 0 ? ZERO : minus(other);
  }

  /// The product.
  ///
  /// @throws AmountException on overflow or a negative factor
  public Amount times(long factor) {
    return of(drops.multiply(BigInteger.valueOf(factor)));
  }

  /// The product.
  ///
  /// @throws AmountException on overflow
  public Amount times(Amount factor) {
    return of(drops.multiply(factor.drops));
  }

  /// The quotient, rounded down.
  ///
  /// @throws AmountException if the divisor is not positive
  public Amount dividedBy(long divisor) {
    return dividedBy(of(divisor));
  }

  /// The quotient, rounded down.
  ///
  /// @throws AmountException if the divisor is zero
  public Amount dividedBy(Amount divisor) {
    if (divisor.isZero()) {
      throw new AmountException("amount divided by zero");
    }
    return of(drops.divide(divisor.drops));
  }

  /// `this * numerator / denominator`, rounded down, without overflow in between.
  ///
  /// @throws AmountException if the result overflows, the denominator is zero or either is negative
  public Amount timesRatio(long numerator, long denominator) {
    if (numerator < 0 || denominator <= 0) {
      throw new AmountException("ratio must be of positive numbers");
    }
    return of(
        drops.multiply(BigInteger.valueOf(numerator)).divide(BigInteger.valueOf(denominator)));
  }

  /// The smaller of the two.
  public Amount min(Amount other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /// The larger of the two.
  public Amount max(Amount other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /// Whether this is nothing.
  public boolean isZero() {
    return drops.signum() == 0;
  }

  /// Whether this fits into a non-negative `long`.
  public boolean fitsLong() {
    return drops.bitLength() <= 63;
  }

  /// The exact number of drops.
  ///
  /// @throws AmountException if it exceeds 2^63 - 1
  public long toLong() {
    if (!fitsLong()) {
      throw new AmountException("amount exceeds 2^63 - 1");
    }
    return drops.longValue();
  }

  /// The shortest big-endian bytes; none for zero.
  public Bytes toBytes() {
    if (isZero()) {
      return Bytes.EMPTY;
    }
    byte[] bytes = drops.toByteArray();
    return bytes[0] == 0 ? Bytes.wrap(bytes, 1, bytes.length - 1) : Bytes.wrap(bytes);
  }

  /// Thirty-two big-endian bytes.
  public Bytes toBytes32() {
    byte[] word = new byte[32];
    Bytes minimal = toBytes();
    minimal.copyTo(word, 32 - minimal.size());
    return Bytes.wrap(word);
  }

  @Override
  public int compareTo(Amount other) {
    return drops.compareTo(other.drops);
  }

  /// The decimal number of drops.
  @Override
  public String toString() {
    return drops.toString();
  }
}
