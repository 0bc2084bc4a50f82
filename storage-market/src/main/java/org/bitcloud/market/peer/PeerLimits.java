package org.bitcloud.market.peer;

import java.time.Duration;

/// How long a renter waits for a provider and how many sessions it keeps.
///
/// @param dial longest time to reach an endpoint
/// @param idle longest time without any progress of a session
/// @param idleSessions most sessions kept open to one provider for later use
public record PeerLimits(Duration dial, Duration idle, int idleSessions) {
  /// Ten seconds to dial, thirty without progress, four sessions.
  public static final PeerLimits DEFAULT =
      new PeerLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 4);
}
