package org.bitcloud.chain.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.store.Column;
import org.bitcloud.store.StoreReader;
import org.jspecify.annotations.Nullable;

/// The entries of the stored state, those that are asked for often in memory. Belongs to the thread
/// that owns the state.
final class StoredValues {
  static final Column VALUES = Column.of("state-values");

  // Entries that a thread reads at a time.
  private static final int READ_CHUNK = 512;

  private final StoreReader store;
  private final Workers workers;
  private final ValueCache known;

  StoredValues(StoreReader store, StateOptions options, Workers workers) {
    this.store = store;
    this.workers = workers;
    this.known = new ValueCache(options.valueBytes());
  }

  /// The value of a key, or null if there is none.
  @Nullable Bytes get(Bytes key) {
    Bytes value = known.get(key);
    if (value == null) {
      value = store.get(VALUES, key);
      known.put(key, value);
    }
    return value;
  }

  /// The values of keys, in their order.
  List<@Nullable Bytes> getAll(List<Bytes> keys) {
    @Nullable Bytes[] values = new @Nullable Bytes[keys.size()];
    boolean[] read = new boolean[keys.size()];
    workers.run(
        (keys.size() + READ_CHUNK - 1) / READ_CHUNK,
        chunk -> {
          int from = chunk * READ_CHUNK;
          fill(keys, values, read, from, Math.min(keys.size(), from + READ_CHUNK));
        });
    for (int i = 0; i < values.length; i++) {
      if (read[i]) {
        known.put(keys.get(i), values[i]);
      }
    }
    return Arrays.asList(values);
  }

  private void fill(List<Bytes> keys, @Nullable Bytes[] values, boolean[] read, int from, int to) {
    List<Bytes> missing = new ArrayList<>();
    for (int i = from; i < to; i++) {
      values[i] = known.get(keys.get(i));
      if (values[i] == null) {
        read[i] = true;
        missing.add(keys.get(i));
      }
    }
    int next = 0;
    List<@Nullable Bytes> found = store.getAll(VALUES, missing);
    for (int i = from; i < to; i++) {
      if (read[i]) {
        values[i] = found.get(next++);
      }
    }
  }

  /// Moves on to the next stored state.
  void advance(Map<Bytes, StateDelta.ValueChange> changes) {
    changes.forEach((key, change) -> known.put(key, change.after()));
  }
}
