package org.bitcloud.market.reader;

import java.time.Duration;
import org.bitcloud.market.peer.PeerLimits;

/// How an [ObjectReader] behaves.
///
/// @param peers waits and kept sessions
/// @param hedge a shard range that takes longer than this, plus its size at 8 MB/s, is asked of one
///   more provider
/// @param directoryAge how old the list of providers may be before the chain is asked again
/// @param manifestsKept most manifests in memory
/// @param unitBytesMax most bytes of an object fetched as one piece by a stream
/// @param unitsAhead pieces that a stream fetches ahead of its reader
public record ReaderOptions(
    PeerLimits peers,
    Duration hedge,
    Duration directoryAge,
    int manifestsKept,
    int unitBytesMax,
    int unitsAhead) {
  /// For a gateway: pieces of up to 4 MiB, three ahead.
  public static final ReaderOptions DEFAULT =
      new ReaderOptions(
          PeerLimits.DEFAULT, Duration.ofSeconds(1), Duration.ofSeconds(30), 256, 4 << 20, 3);

  /// For fetching whole objects: pieces of a slab, two ahead.
  public static final ReaderOptions WHOLE =
      new ReaderOptions(
          PeerLimits.DEFAULT, Duration.ofSeconds(1), Duration.ofSeconds(30), 16, 64 << 20, 2);
}
