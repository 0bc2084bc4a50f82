package org.bitcloud.consensus.runtime;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.bitcloud.consensus.Effect;
import org.bitcloud.consensus.Input;
import org.jspecify.annotations.Nullable;

/// The timers of one engine, one of each kind, on the monotonic clock. Owned by its thread.
final class Timers {
  private record Due(long generation, long nanos) {}

  private final Map<Integer, Due> byKind = new HashMap<>();

  void set(Effect.SetTimer timer, long nowNanos) {
    long nanos = nowNanos + Math.max(0, timer.after().toNanos());
    byKind.put(timer.kind(), new Due(timer.generation(), nanos));
  }

  /// A timer that has run out, which is then gone, or null.
  Input.@Nullable Timer due(long nowNanos) {
    Iterator<Map.Entry<Integer, Due>> all = byKind.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Integer, Due> timer = all.next();
      if (timer.getValue().nanos() - nowNanos <= 0) {
        all.remove();
        return new Input.Timer(timer.getKey(), timer.getValue().generation());
      }
    }
    return null;
  }

  /// How long until the next one runs out, at most `max`.
  long untilNext(long nowNanos, long max) {
    long least = max;
    for (Due due : byKind.values()) {
      least = Math.min(least, due.nanos() - nowNanos);
    }
    return Math.max(0, least);
  }
}
