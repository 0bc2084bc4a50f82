package org.bitcloud.node;

import java.math.BigInteger;
import java.time.Duration;
import org.bitcloud.contracts.storage.StorageParameters;
import org.bitcloud.market.provider.PriceOffer;
import org.bitcloud.primitives.Amount;

/// A provider's prices in the units that people use.
///
/// @param storage drops per GiB and month of 30 days
/// @param ingress drops per GiB written
/// @param egress drops per GiB read
/// @param collateral drops per GiB that the provider locks
/// @param longest longest term accepted
public record ProviderPrices(
    Amount storage, Amount ingress, Amount egress, Amount collateral, Duration longest) {
  /// 10 cloudcoins per GiB and month against 30 locked, traffic free, terms up to a year.
  public static final ProviderPrices DEFAULT =
      new ProviderPrices(
          Amount.CLOUDCOIN.times(10),
          Amount.ZERO,
          Amount.ZERO,
          Amount.CLOUDCOIN.times(30),
          Duration.ofDays(365));

  private static final long SECTORS_PER_GIB = 256;
  private static final long MONTH_MILLIS = Duration.ofDays(30).toMillis();
  private static final long PRICE_STEP = 20;
  private static final long COLLATERAL_STEP = 60;

  /// The offer in the units of the chain: drops per sector and window.
  ///
  /// Rounded down to the steps that the chain divides without a rest; a price that is not nothing
  /// stays at one step at least.
  public PriceOffer offer(long windowMillis) {
    BigInteger perWindow =
        storage
            .drops()
            .multiply(BigInteger.valueOf(windowMillis))
            .divide(BigInteger.valueOf(MONTH_MILLIS))
            .divide(BigInteger.valueOf(SECTORS_PER_GIB));
    return new PriceOffer(
        stepped(perWindow, storage, PRICE_STEP),
        ingress.dividedBy(SECTORS_PER_GIB),
        egress.dividedBy(SECTORS_PER_GIB),
        stepped(collateral.dividedBy(SECTORS_PER_GIB).drops(), collateral, COLLATERAL_STEP),
        1,
        Math.clamp(longest.toMillis() / windowMillis, 1, StorageParameters.TERM_WINDOWS_MAX));
  }

  /// What a price on chain, in drops per sector and window, is per GiB and month of 30 days.
  public static Amount perGibMonth(Amount perSectorWindow, long windowMillis) {
    return Amount.of(
        perSectorWindow
            .drops()
            .multiply(BigInteger.valueOf(SECTORS_PER_GIB))
            .multiply(BigInteger.valueOf(MONTH_MILLIS))
            .divide(BigInteger.valueOf(windowMillis)));
  }

  private static Amount stepped(BigInteger value, Amount wanted, long step) {
    BigInteger size = BigInteger.valueOf(step);
    BigInteger down = value.subtract(value.mod(size));
    return Amount.of(down.signum() == 0 && !wanted.isZero() ? size : down);
  }
}
