package org.bitcloud.market.provider;

import java.util.HashMap;
import java.util.Map;

/// Counts the sessions of all and of each remote, and lets no more in than the limits say.
final class SessionGate {
  private final ProviderLimits limits;
  private final Map<String, Integer> perRemote = new HashMap<>();
  private int all;

  SessionGate(ProviderLimits limits) {
    this.limits = limits;
  }

  /// Tries to let a session in.
  synchronized boolean enter(String remote) {
    int ofRemote = perRemote.getOrDefault(remote, 0);
    if (all >= limits.sessions() || ofRemote >= limits.sessionsPerRemote()) {
      return false;
    }
    all++;
    perRemote.put(remote, ofRemote + 1);
    return true;
  }

  /// Lets a session out that was let in.
  synchronized void leave(String remote) {
    all--;
    perRemote.computeIfPresent(remote, (_, n) -> n == 1 ? null : n - 1);
  }

  /// The number of sessions inside.
  synchronized int count() {
    return all;
  }
}
