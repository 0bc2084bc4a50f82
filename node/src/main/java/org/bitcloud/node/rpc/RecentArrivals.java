package org.bitcloud.node.rpc;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// The last 16,384 transactions that a pool took in, numbered from 0: one list for all filters, so
/// that a filter is only a number. Who polls too seldom misses the oldest.
final class RecentArrivals {
  private static final int KEPT = 16_384;

  private final @Nullable Hash[] ring = new @Nullable Hash[KEPT];
  private long next;

  private RecentArrivals() {}

  /// Listens to a pool as long as both live.
  static RecentArrivals of(Mempool pool) {
    RecentArrivals arrivals = new RecentArrivals();
    var _ = pool.subscribe(transaction -> arrivals.add(transaction.hash()));
    return arrivals;
  }

  private synchronized void add(Hash transaction) {
    ring[(int) (next % KEPT)] = transaction;
    next++;
  }

  /// The number of the next arrival.
  synchronized long next() {
    return next;
  }

  /// Those of the numbers from `from` up to and without `to` that are still kept, in order.
  synchronized List<Hash> between(long from, long to) {
    List<Hash> found = new ArrayList<>();
    for (long at = Math.max(from, next - KEPT); at < to; at++) {
      Hash hash = ring[(int) (at % KEPT)];
      if (hash != null) {
        found.add(hash);
      }
    }
    return found;
  }
}
