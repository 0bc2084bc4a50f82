package org.bitcloud.chain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Remembers the last few entries that were put or asked for; safe for several threads.
final class RecentMap<K, V> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, V> entries;

  RecentMap(int sizeMax) {
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > sizeMax;
          }
        };
  }

  Optional<V> get(K key) {
    lock.lock();
    try {
      return Optional.ofNullable(entries.get(key));
    } finally {
      lock.unlock();
    }
  }

  void put(K key, V value) {
    lock.lock();
    try {
      entries.put(key, value);
    } finally {
      lock.unlock();
    }
  }
}
