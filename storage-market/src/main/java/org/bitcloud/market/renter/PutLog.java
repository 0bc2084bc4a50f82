package org.bitcloud.market.renter;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.market.MarketException;

/// The journal of a `put`, what it says so far, and what the user hears of it.
///
/// Safe for several threads.
final class PutLog {
  private final PutJournal journal;
  private final PutState state;
  private final ProgressMeter meter;
  private final List<String> warnings = new ArrayList<>();

  PutLog(PutJournal journal, PutState state, ProgressMeter meter) {
    this.journal = journal;
    this.state = state;
    this.meter = meter;
  }

  /// Adds a record, durably.
  synchronized void add(PutRecord record) throws MarketException {
    journal.append(record);
    state.add(record);
  }

  PutState state() {
    return state;
  }

  ProgressMeter meter() {
    return meter;
  }

  /// Counts a contract that is on chain.
  void confirmed() {
    meter.contract();
  }

  /// Keeps a sentence for the result and shows it.
  synchronized void warn(String what) {
    warnings.add(what);
    meter.note(what);
  }

  synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }
}
