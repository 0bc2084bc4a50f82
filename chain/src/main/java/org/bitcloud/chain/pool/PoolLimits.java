package org.bitcloud.chain.pool;

/// What a mempool holds at most.
///
/// @param perSender transactions of one sender, with and without gaps
/// @param transactions of all senders
/// @param bytes of all encodings together
public record PoolLimits(int perSender, int transactions, long bytes) {
  /// 1,024 of one sender, 40,960 and 64 MiB of all: some seconds' worth at full speed. A plain
  /// transfer takes about 1.5 KiB of heap.
  public static final PoolLimits DEFAULT = new PoolLimits(1_024, 40_960, 64L << 20);

  /// Checks that there is room for anything.
  ///
  /// @throws IllegalArgumentException if a bound is not positive
  public PoolLimits {
    if (perSender < 1 || transactions < 1 || bytes < 1) {
      throw new IllegalArgumentException("a pool needs room for a transaction");
    }
  }
}
