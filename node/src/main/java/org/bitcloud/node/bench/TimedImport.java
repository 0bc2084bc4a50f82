package org.bitcloud.node.bench;

import org.bitcloud.chain.file.ImportReport;

/// An import with what it took.
///
/// @param report what was imported
/// @param time from the first block read to the last one durable
public record TimedImport(ImportReport report, Stopwatch.Time time) {
  /// Transactions for each second of the wall clock; 0 where there were none.
  public double transactionsPerSecond() {
    return report.transactions() == 0 ? 0 : report.transactions() / time.seconds();
  }
}
