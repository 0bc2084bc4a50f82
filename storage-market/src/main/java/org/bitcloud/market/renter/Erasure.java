package org.bitcloud.market.renter;

/// An erasure code by its parameters: any `dataShards` of `shards` rebuild the object.
///
/// @param dataShards the number k that suffices
/// @param shards the number n that is stored
public record Erasure(int dataShards, int shards) {
  /// The most providers that an object is spread over by default.
  public static final int SHARDS_DEFAULT_MAX = 30;

  /// The fewest providers that an object is spread over by default.
  public static final int SHARDS_DEFAULT_MIN = 3;

  /// Checks the order.
  ///
  /// @throws IllegalArgumentException unless 1 ≤ k ≤ n ≤ 255
  public Erasure {
    if (dataShards < 1 || shards < dataShards || shards > 255) {
      throw new IllegalArgumentException(
          "an erasure code needs 1 ≤ k ≤ n ≤ 255, not " + dataShards + " of " + shards);
    }
  }

  /// The default for so many usable providers: all of them up to 30, any third of which suffices.
  public static Erasure forProviders(int usable) {
    int shards = Math.min(usable, SHARDS_DEFAULT_MAX);
    return new Erasure(Math.ceilDiv(shards, 3), shards);
  }

  /// How many shards a `put` must place to succeed: all but a quarter of the spare ones.
  ///
  /// 5 of 6, 25 of 30, all of 3. Fewer would leave less than half of the margin that was paid for
  /// after a second failure.
  public int placedMin() {
    return shards - (shards - dataShards) / 4;
  }

  /// The chance that k shards are there when each provider is up with this probability.
  public double availability(double up) {
    double sum = 0;
    for (int i = dataShards; i <= shards; i++) {
      sum += choose(shards, i) * Math.pow(up, i) * Math.pow(1 - up, shards - i);
    }
    return sum;
  }

  /// For instance `2 of 6`.
  @Override
  public String toString() {
    return dataShards + " of " + shards;
  }

  private static double choose(int n, int k) {
    double result = 1;
    for (int i = 1; i <= k; i++) {
      result = result * (n - k + i) / i;
    }
    return result;
  }
}
