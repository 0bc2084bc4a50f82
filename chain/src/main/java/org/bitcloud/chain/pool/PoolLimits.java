package org.bitcloud.chain.pool;

/// What a mempool holds at most.
///
/// @param perSender transactions of one sender, with and without gaps
/// @param transactions of all senders
/// @param bytes of all encodings together
public record PoolLimits(int perSender, int transactions, long bytes) {
  /// 64 of one sender, 16,384 and 64 MiB of all: some blocks' worth within a small heap.
  public static final PoolLimits DEFAULT = new PoolLimits(64, 16_384, 64L << 20);
}
