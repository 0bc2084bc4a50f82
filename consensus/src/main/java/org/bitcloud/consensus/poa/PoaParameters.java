package org.bitcloud.consensus.poa;

import java.time.Duration;
import java.util.SortedMap;
import org.bitcloud.consensus.branch.GenesisParameters;

/// Parameters of the `poa` engine, from genesis.
///
/// @param block time between blocks
/// @param delay what each place behind the signer in turn waits longer
/// @param epoch after how many blocks open votes end
/// @param reorgMax how many blocks may be undone
/// @param drift how far a block's time may be ahead of the clock
record PoaParameters(Duration block, Duration delay, long epoch, int reorgMax, Duration drift) {
  private static final long MILLIS_MAX = 3_600_000; // an hour

  /// Reads them.
  ///
  /// @throws org.bitcloud.consensus.EngineConfigException when one is unknown or out of bounds
  static PoaParameters of(SortedMap<String, String> given) {
    GenesisParameters read = new GenesisParameters(PoaEngineProvider.ID, given);
    long block = read.number("blockMillis", 1_000, 10, MILLIS_MAX);
    long delay = read.number("delayMillis", 500, 1, MILLIS_MAX);
    long epoch = read.number("epochBlocks", 30_000, 2, 10_000_000);
    long reorgMax = read.number("reorgMax", 128, 1, 1_000);
    long drift = read.number("driftMillis", 15_000, 0, 7_200_000);
    read.end();
    return new PoaParameters(
        Duration.ofMillis(block),
        Duration.ofMillis(delay),
        epoch,
        (int) reorgMax,
        Duration.ofMillis(drift));
  }

  /// How long after its parent a signer of this rank may seal at the earliest.
  Duration wait(int rank) {
    return block.plus(delay.multipliedBy(rank));
  }

  /// Whether open votes end with this block.
  boolean endsEpoch(long height) {
    return height % epoch == 0;
  }
}
