package org.bitcloud.p2p;

import java.time.Duration;

/// The ceilings of a [TcpTransport].
///
/// @param inboundMax streams open at once that peers opened; one more is reset at once
/// @param inboundPerIpMax the same for one IP address, so that one host cannot take all of them
/// @param outboundMax streams open at once that we opened; one more fails
/// @param backlog connections that wait to be accepted, a hint to the operating system
/// @param stall how long one write may wait for a peer that does not read before the stream is
///   reset; zero is for ever
/// @param close how long [TcpTransport#close] waits for handlers
public record ConnectionLimits(
    int inboundMax,
    int inboundPerIpMax,
    int outboundMax,
    int backlog,
    Duration stall,
    Duration close) {
  /// For a node with a few hundred peers.
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(1024, 256, 1024, 128, Duration.ofMinutes(1), Duration.ofSeconds(5));

  /// Checks the bounds.
  public ConnectionLimits {
    if (inboundMax < 1 || inboundPerIpMax < 1 || outboundMax < 1 || backlog < 1) {
      throw new IllegalArgumentException("a connection limit is below 1");
    }
    if (stall.isNegative() || close.isNegative()) {
      throw new IllegalArgumentException("a connection limit has a negative duration");
    }
  }
}
