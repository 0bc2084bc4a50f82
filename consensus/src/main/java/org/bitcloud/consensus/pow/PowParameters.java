package org.bitcloud.consensus.pow;

import java.math.BigInteger;
import java.time.Duration;
import java.util.SortedMap;
import org.bitcloud.consensus.EngineConfigException;
import org.bitcloud.consensus.branch.GenesisParameters;

/// Parameters of the `pow` engine, from genesis.
///
/// @param block the time between blocks that difficulty aims at
/// @param first target of block 1
/// @param largest target that is never exceeded
/// @param window how many blocks an adjustment takes
/// @param drift how far a block's time may be ahead of the clock
/// @param confirmations depth of finality
record PowParameters(
    Duration block,
    BigInteger first,
    BigInteger largest,
    long window,
    Duration drift,
    int confirmations) {
  private static final BigInteger DIFFICULTY_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final int SOLVE_TIMES_MAX = 6;

  /// Reads them.
  ///
  /// @throws EngineConfigException when one is unknown or out of bounds
  static PowParameters of(SortedMap<String, String> given) {
    GenesisParameters read = new GenesisParameters(PowEngineProvider.ID, given);
    long block = read.number("blockMillis", 10_000, 50, 3_600_000);
    BigInteger one = BigInteger.ONE;
    BigInteger first = read.number("difficulty", BigInteger.TWO.pow(20), one, DIFFICULTY_MAX);
    BigInteger least = read.number("difficultyMin", one, one, DIFFICULTY_MAX);
    long window = read.number("window", 36, 2, 100_000);
    long drift = read.number("driftMillis", 15_000, 0, 7_200_000);
    long confirmations = read.number("confirmations", 12, 1, 1_000);
    read.end();
    if (least.compareTo(first) > 0) {
      throw new EngineConfigException(
          "parameter difficultyMin of the pow engine must be at most difficulty");
    }
    return new PowParameters(
        Duration.ofMillis(block),
        Work.target(first),
        Work.target(least),
        window,
        Duration.ofMillis(drift),
        (int) confirmations);
  }

  /// The target after a block of this target that came so long after its parent.
  BigInteger next(BigInteger target, long solveMillis) {
    long aim = block.toMillis();
    long solve = Math.min(SOLVE_TIMES_MAX * aim, solveMillis);
    BigInteger span = BigInteger.valueOf(window * aim);
    BigInteger next = target.multiply(span.add(BigInteger.valueOf(solve - aim))).divide(span);
    return next.max(BigInteger.ONE).min(largest);
  }
}
