package org.bitcloud.p2p;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/// Counts inbound streams, all of them and per IP address, and refuses those beyond the limits.
final class InboundGate {
  private final int totalMax;
  private final int perIpMax;
  private final Map<InetAddress, Integer> perIp = new HashMap<>();
  private int total;

  InboundGate(int totalMax, int perIpMax) {
    this.totalMax = totalMax;
    this.perIpMax = perIpMax;
  }

  /// Takes a place for `ip`, or says that there is none.
  synchronized boolean enter(InetAddress ip) {
    int here = perIp.getOrDefault(ip, 0);
    if (total >= totalMax || here >= perIpMax) {
      return false;
    }
    total++;
    perIp.put(ip, here + 1);
    return true;
  }

  /// Gives back a place that [#enter] took.
  synchronized void leave(InetAddress ip) {
    total--;
    perIp.computeIfPresent(ip, (same, count) -> count > 1 ? count - 1 : null);
  }
}
