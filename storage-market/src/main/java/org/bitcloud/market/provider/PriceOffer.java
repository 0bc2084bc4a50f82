package org.bitcloud.market.provider;

import org.bitcloud.primitives.Amount;

/// What a provider asks for; posted on chain as its price list.
///
/// @param storage drops per sector and window, a multiple of 20
/// @param ingress drops per sector written
/// @param egress drops per sector read
/// @param collateral drops per sector that the provider locks, a multiple of 60
/// @param shortestWindows shortest term accepted
/// @param longestWindows longest term accepted
public record PriceOffer(
    Amount storage,
    Amount ingress,
    Amount egress,
    Amount collateral,
    long shortestWindows,
    long longestWindows) {
  /// Checks the multiples and the order of the terms.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  public PriceOffer {
    if (storage.drops().mod(java.math.BigInteger.valueOf(20)).signum() != 0) {
      throw new IllegalArgumentException("the storage price must be a multiple of 20 drops");
    }
    if (collateral.drops().mod(java.math.BigInteger.valueOf(60)).signum() != 0) {
      throw new IllegalArgumentException("the collateral must be a multiple of 60 drops");
    }
    if (shortestWindows < 1 || longestWindows < shortestWindows) {
      throw new IllegalArgumentException("the terms must be 1 ≤ shortest ≤ longest");
    }
  }
}
