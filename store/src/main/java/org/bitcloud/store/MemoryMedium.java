package org.bitcloud.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// What a [MemoryStore] writes to: it outlives the store as a disk does, and can lose what was not
/// yet made durable. Safe for use by many threads.
public final class MemoryMedium {
  final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, VersionedMap> columns = new HashMap<>();
  private final TreeMap<Long, Integer> readers = new TreeMap<>();
  private final List<Lost> unsynced = new ArrayList<>();
  private long sequence;
  private @Nullable MemoryStore user;

  /// An empty medium.
  public MemoryMedium() {}

  /// What a crash restores: a key's value before a write that was not durable.
  private record Lost(String column, Bytes key, @Nullable Bytes before) {}

  /// Loses every write since the last durable one, as a machine without power does. A store that
  /// was open is closed by it.
  public void crash() {
    lock.writeLock().lock();
    try {
      if (user != null) {
        user.kill();
        user = null;
      }
      readers.clear();
      sequence++;
      for (Lost lost : unsynced.reversed()) {
        column(lost.column).put(lost.key, lost.before, sequence, readers);
      }
      unsynced.clear();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// Gives the medium to a store; needs the write lock.
  void take(MemoryStore store, Set<Column> declared) {
    if (user != null) {
      throw new StoreException(
          StoreException.Kind.IN_USE, "the memory medium is already in use", null);
    }
    user = store;
    declared.forEach(column -> columns.putIfAbsent(column.name(), new VersionedMap()));
  }

  /// Takes it back; needs the write lock.
  void release() {
    user = null;
    readers.clear();
    // An orderly close writes everything down.
    unsynced.clear();
  }

  VersionedMap column(String name) {
    VersionedMap map = columns.get(name);
    if (map == null) {
      throw new IllegalArgumentException("column not declared at open: " + name);
    }
    return map;
  }

  /// Notes that somebody reads as of now; needs the write lock.
  long addReader() {
    readers.merge(sequence, 1, Integer::sum);
    return sequence;
  }

  /// Undoes [#addReader]; needs the write lock.
  void removeReader(long asOf) {
    readers.computeIfPresent(asOf, (any, count) -> count == 1 ? null : count - 1);
  }

  /// Applies a batch; needs the write lock.
  void apply(List<WriteBatch.Operation> operations, Durability durability) {
    sequence++;
    for (WriteBatch.Operation operation : operations) {
      String name = operation.column().name();
      switch (operation) {
        case WriteBatch.Put put -> set(name, put.key(), put.value());
        case WriteBatch.Delete delete -> set(name, delete.key(), null);
        case WriteBatch.DeleteRange delete -> {
          for (Bytes key : column(name).keys(delete.from(), delete.to())) {
            set(name, key, null);
          }
        }
      }
    }
    if (durability == Durability.SYNC) {
      unsynced.clear();
    }
  }

  private void set(String name, Bytes key, @Nullable Bytes value) {
    VersionedMap map = column(name);
    unsynced.add(new Lost(name, key, map.get(key, Long.MAX_VALUE)));
    map.put(key, value, sequence, readers);
  }
}
