package org.bitcloud.chain;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.Snapshot;

/// Finds logs on one snapshot of the committed line; blooms say which blocks need not be read.
final class LogSearch {
  /* What one query may cost: a scan over the blooms of a few hours, an answer of a few megabytes. */
  static final long BLOCKS_MAX = 10_000;
  static final int RESULTS_MAX = 10_000;

  private LogSearch() {}

  static List<LogEntry> find(KeyValueStore store, LogFilter filter) throws LogRangeException {
    if (filter.to().isBefore(filter.from())) {
      return List.of();
    }
    if (filter.to().minus(filter.from()) >= BLOCKS_MAX) {
      throw new LogRangeException("query exceeds the range of " + BLOCKS_MAX + " blocks");
    }
    List<LogEntry> found = new ArrayList<>();
    try (Snapshot snapshot = store.snapshot()) {
      checkKept(snapshot, filter);
      for (Height height : ChainStore.heightsWithLogs(snapshot, filter)) {
        collect(snapshot, height, filter, found);
      }
    }
    return found;
  }

  /* An empty answer would say that nothing happened there. Block 0 is always kept. */
  private static void checkKept(Snapshot snapshot, LogFilter filter) throws LogRangeException {
    Height oldest = ChainStore.oldestBlock(snapshot);
    Height from = filter.from().equals(Height.GENESIS) ? Height.GENESIS.next() : filter.from();
    if (from.isBefore(oldest) && from.compareTo(filter.to()) <= 0) {
      throw new LogRangeException(
          "no logs of height %s: this node keeps blocks from height %s on; ask from there"
              .formatted(from, oldest));
    }
  }

  private static void collect(
      Snapshot snapshot, Height height, LogFilter filter, List<LogEntry> found)
      throws LogRangeException {
    Hash hash =
        ChainStore.present(
            ChainStore.hashAt(snapshot, height).orElse(null), "the block at height " + height);
    Block block =
        ChainStore.present(ChainStore.block(snapshot, hash).orElse(null), "block " + hash);
    List<Receipt> receipts =
        ChainStore.present(
            ChainStore.receipts(snapshot, hash).orElse(null), "the receipts of block " + hash);
    int logIndex = 0;
    for (int i = 0; i < receipts.size(); i++) {
      for (Log log : receipts.get(i).logs()) {
        if (filter.matches(log)) {
          if (found.size() == RESULTS_MAX) {
            throw new LogRangeException(
                "query returns more than %d logs; ask for a range that ends below block %s"
                    .formatted(RESULTS_MAX, height));
          }
          found.add(
              new LogEntry(
                  log,
                  hash,
                  height,
                  block.header().timeMillis(),
                  block.body().transactions().get(i).hash(),
                  i,
                  logIndex));
        }
        logIndex++;
      }
    }
  }
}
