package org.bitcloud.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// A sorted map that remembers the values which an open snapshot may still ask for.
///
/// Every write has a sequence number; a read names the number as of which it wants to see. Guarded
/// by the lock of the [MemoryMedium] it belongs to.
final class VersionedMap {
  private final NavigableMap<Bytes, Version> map = new TreeMap<>();
  private final List<Bytes> tombstones = new ArrayList<>();

  /// One value, null for a deletion, and the one before it.
  private record Version(@Nullable Bytes value, long sequence, @Nullable Version older) {
    @Nullable Bytes at(long asOf) {
      for (Version version = this; version != null; version = version.older) {
        if (version.sequence <= asOf) {
          return version.value;
        }
      }
      return null;
    }
  }

  @Nullable Bytes get(Bytes key, long asOf) {
    Version version = map.get(key);
    return version == null ? null : version.at(asOf);
  }

  /// The entry nearest to `after` in an order, or the outermost of the range if that is null.
  Map.@Nullable Entry<Bytes, Bytes> next(
      KeyRange range, Order order, @Nullable Bytes after, long asOf) {
    Map.Entry<Bytes, Version> entry = after == null ? outermost(range, order) : step(order, after);
    while (entry != null && range.contains(entry.getKey())) {
      Bytes value = entry.getValue().at(asOf);
      if (value != null) {
        return Map.entry(entry.getKey(), value);
      }
      entry = step(order, entry.getKey());
    }
    return null;
  }

  private Map.@Nullable Entry<Bytes, Version> outermost(KeyRange range, Order order) {
    if (order == Order.ASCENDING) {
      return map.ceilingEntry(range.from());
    }
    Bytes to = range.to();
    return to == null ? map.lastEntry() : map.lowerEntry(to);
  }

  private Map.@Nullable Entry<Bytes, Version> step(Order order, Bytes after) {
    return order == Order.ASCENDING ? map.higherEntry(after) : map.lowerEntry(after);
  }

  /// Sets a value, or deletes with null; `readers` holds the numbers as of which somebody reads.
  void put(Bytes key, @Nullable Bytes value, long sequence, NavigableMap<Long, Integer> readers) {
    Version older = needed(map.get(key), sequence, readers);
    if (value != null) {
      map.put(key, new Version(value, sequence, older));
    } else if (older == null) {
      map.remove(key);
    } else {
      map.put(key, new Version(null, sequence, older));
      tombstones.add(key);
    }
    if (readers.isEmpty()) {
      sweep();
    }
  }

  /// A chain of versions without those that no reader sees, given what follows it.
  private static @Nullable Version needed(
      @Nullable Version version, long newer, NavigableMap<Long, Integer> readers) {
    if (version == null || readers.isEmpty()) {
      return null;
    }
    Version older = needed(version.older, version.sequence, readers);
    Long reader = readers.ceilingKey(version.sequence);
    return reader != null && reader < newer
        ? new Version(version.value, version.sequence, older)
        : older;
  }

  /// The keys of a range that have a value now.
  List<Bytes> keys(Bytes from, Bytes to) {
    return map.subMap(from, to).entrySet().stream()
        .filter(entry -> entry.getValue().value != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  private void sweep() {
    for (Bytes key : tombstones) {
      Version version = map.get(key);
      if (version != null && version.value == null) {
        map.remove(key);
      }
    }
    tombstones.clear();
  }
}
