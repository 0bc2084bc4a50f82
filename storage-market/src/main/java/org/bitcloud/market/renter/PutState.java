package org.bitcloud.market.renter;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// What a [PutJournal] says, put together.
final class PutState {
  private PutRecord.@Nullable Start start;
  private PutRecord.@Nullable Final last;
  private final Map<Hash, Agreement> agreements = new TreeMap<>();
  private final Map<Integer, PutRecord.Slab> slabs = new TreeMap<>();
  private Amount fees = Amount.ZERO;

  static PutState of(List<PutRecord> records) {
    PutState state = new PutState();
    records.forEach(state::add);
    return state;
  }

  void add(PutRecord record) {
    switch (record) {
      case PutRecord.Start r -> start = r;
      case PutRecord.Formed r -> agreements.put(r.agreement().id(), r.agreement());
      case PutRecord.Dropped r -> agreements.remove(r.contract());
      case PutRecord.Slab r -> slabs.put(r.index(), r);
      case PutRecord.Fee r -> fees = fees.plus(r.amount());
      case PutRecord.Final r -> last = r;
    }
  }

  PutRecord.@Nullable Start start() {
    return start;
  }

  PutRecord.@Nullable Final last() {
    return last;
  }

  /// The agreements that were not dropped, formed or about to be.
  List<Agreement> agreements() {
    return List.copyOf(agreements.values());
  }

  Map<Integer, PutRecord.Slab> slabs() {
    return slabs;
  }

  Amount fees() {
    return fees;
  }
}
