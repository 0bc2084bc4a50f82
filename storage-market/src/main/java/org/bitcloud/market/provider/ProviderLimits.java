package org.bitcloud.market.provider;

import java.time.Duration;

/// What a provider bears at most; whoever exceeds it gets `BUSY` or waits.
///
/// @param sessions sessions at a time
/// @param sessionsPerRemote sessions at a time from one remote address
/// @param writes sectors on their way in at a time; more wait for their turn
/// @param idle longest time without progress in a session
/// @param grace how long an acknowledged sector waits for a revision that lists it
/// @param readBytesPerSecond rate of answers to reads over all sessions; 0 = no limit
public record ProviderLimits(
    int sessions,
    int sessionsPerRemote,
    int writes,
    Duration idle,
    Duration grace,
    long readBytesPerSecond) {
  /// 512 sessions, 256 of one remote, 16 sectors on their way in, one minute without progress, one
  /// day of grace, no limit of rate.
  public static final ProviderLimits DEFAULT =
      new ProviderLimits(512, 256, 16, Duration.ofMinutes(1), Duration.ofDays(1), 0);
}
