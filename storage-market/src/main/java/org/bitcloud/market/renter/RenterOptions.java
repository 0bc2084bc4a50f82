package org.bitcloud.market.renter;

import java.time.Duration;
import java.util.List;
import org.bitcloud.market.peer.PeerLimits;
import org.bitcloud.market.reader.ReaderOptions;

/// How patient a renter is.
///
/// @param peers waits for providers while storing
/// @param reader how objects are fetched
/// @param pauses how long lost sectors wait before they are sent again, pass by pass; a provider
///   that restarts should be back before the last
public record RenterOptions(PeerLimits peers, ReaderOptions reader, List<Duration> pauses) {
  /// Four passes within twenty seconds.
  public static final RenterOptions DEFAULT =
      new RenterOptions(
          PeerLimits.DEFAULT,
          ReaderOptions.WHOLE,
          List.of(
              Duration.ofMillis(100),
              Duration.ofSeconds(2),
              Duration.ofSeconds(6),
              Duration.ofSeconds(12)));

  /// Copies the pauses.
  public RenterOptions {
    pauses = List.copyOf(pauses);
  }
}
