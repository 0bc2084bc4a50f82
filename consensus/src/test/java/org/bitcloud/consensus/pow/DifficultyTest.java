package org.bitcloud.consensus.pow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The adjustment of difficulty beside LWMA on the same luck, with a hash rate that jumps.
final class DifficultyTest {
  private static final long AIM = 10_000;
  private static final PowParameters PARAMETERS = PowParameters.of(new TreeMap<>());

  /* The usual window of LWMA for this many blocks an hour. */
  private static final int WINDOW = 72;

  private interface Rule {
    /// The target after a block.
    BigInteger next(BigInteger target, long solveMillis);
  }

  /// Linearly weighted moving average of the last [#WINDOW] solve times, at most six aims each.
  private static final class Lwma implements Rule {
    private final Deque<Long> times = new ArrayDeque<>();
    private final Deque<BigInteger> targets = new ArrayDeque<>();

    @Override
    public BigInteger next(BigInteger target, long solveMillis) {
      times.add(Math.min(6 * AIM, solveMillis));
      targets.add(target);
      if (times.size() > WINDOW) {
        times.remove();
        targets.remove();
      }
      long weighted = 0;
      long weight = 0;
      for (long time : times) {
        weight++;
        weighted += weight * time;
      }
      BigInteger sum = targets.stream().reduce(BigInteger.ZERO, BigInteger::add);
      BigInteger all = BigInteger.valueOf(weight * (weight + 1) / 2 * AIM * times.size());
      return sum.multiply(BigInteger.valueOf(weighted)).divide(all).max(BigInteger.ONE);
    }
  }

  /// Difficulties after each of so many blocks, at a hash rate that is `rates[i]` a millisecond in
  /// the i-th part.
  private static List<Double> run(Rule rule, int blocksAPart, double... rates) {
    SplittableRandom luck = new SplittableRandom(42);
    BigInteger target = Work.target(BigInteger.valueOf(1_000_000));
    List<Double> difficulties = new ArrayList<>();
    for (double rate : rates) {
      for (int i = 0; i < blocksAPart; i++) {
        double hashes = -Math.log(1 - luck.nextDouble()) * Work.of(target).doubleValue();
        target = rule.next(target, Math.max(1, Math.round(hashes / rate)));
        difficulties.add(Work.of(target).doubleValue());
      }
    }
    return difficulties;
  }

  /// Mean deviation from the difficulty that meets the aim at `rate`, as a part of it.
  private static double off(List<Double> difficulties, double rate) {
    return difficulties.stream()
        .mapToDouble(difficulty -> Math.abs(difficulty / (rate * AIM) - 1))
        .average()
        .orElseThrow();
  }

  @Test
  void isAsSteadyAsLwma() {
    List<Double> ours = run(PARAMETERS::next, 20_000, 100);
    List<Double> lwma = run(new Lwma(), 20_000, 100);
    assertTrue(off(ours, 100) < 1.05 * off(lwma, 100), off(ours, 100) + " and " + off(lwma, 100));
    double mean = ours.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    assertEquals(100 * AIM, mean, 0.03 * 100 * AIM);
  }

  @Test
  void followsAJumpOfTheHashRateAboutAsFastAsLwma() {
    int part = 1000;
    for (double rate : new double[] {1000, 10}) {
      List<Double> ours = run(PARAMETERS::next, part, 100, rate).subList(part, part + 150);
      List<Double> lwma = run(new Lwma(), part, 100, rate).subList(part, part + 150);
      assertTrue(
          off(ours, rate) <= 1.25 * off(lwma, rate),
          "at %s: %s and %s".formatted(rate, off(ours, rate), off(lwma, rate)));
    }
  }
}
