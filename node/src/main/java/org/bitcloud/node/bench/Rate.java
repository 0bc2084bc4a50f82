package org.bitcloud.node.bench;

import java.util.List;
import java.util.stream.Stream;

/// Counts how often something can be done in a second: repeats it for a while to warm up, then for
/// as long again to measure. Short, so figures are good to some ten percent; JMH is for more.
final class Rate {
  private final long nanos;

  /// @param nanos how long to warm up, and how long to measure
  Rate(long nanos) {
    this.nanos = nanos;
  }

  /// A piece of work that tells how many units it did.
  @FunctionalInterface
  interface Work {
    /// Does some units.
    ///
    /// @return how many
    int run() throws Exception;
  }

  /// Makes what one run of the work uses up.
  @FunctionalInterface
  interface Preparation<T> {
    /// Prepares one run.
    T make() throws Exception;
  }

  /// A piece of work on what was prepared for it.
  @FunctionalInterface
  interface Prepared<T> {
    /// Does some units.
    ///
    /// @return how many
    int run(T prepared) throws Exception;
  }

  /// A piece of work that takes its own time.
  @FunctionalInterface
  interface Round {
    /// Does some units.
    ///
    /// @return how many, and the time that counts
    Span run() throws Exception;
  }

  /// So many units in so much time.
  record Span(long units, long nanos) {
    private static final Span NONE = new Span(0, 0);

    private Span plus(Span other) {
      return new Span(units + other.units, nanos + other.nanos);
    }

    private double perSecond() {
      return units * 1e9 / nanos;
    }
  }

  /// Units for each second.
  double of(Work work) throws Exception {
    return byTurns(List.of(round(work))).getFirst();
  }

  /// Units for each second of a piece of work that needs a preparation which does not count.
  <T> double of(Preparation<T> prepare, Prepared<T> work) throws Exception {
    return byTurns(List.of(round(prepare, work))).getFirst();
  }

  /// Units for each second of pieces of work that are to be compared: a round of each by turns, so
  /// that whatever else the machine does meanwhile slows all of them alike.
  List<Double> byTurns(List<Round> rounds) throws Exception {
    var _ = spin(rounds);
    return spin(rounds).stream().map(Span::perSecond).toList();
  }

  /// A round of work, timed as a whole.
  static Round round(Work work) {
    return () -> {
      long begun = System.nanoTime();
      int units = work.run();
      return new Span(units, System.nanoTime() - begun);
    };
  }

  /// A round of work whose preparation does not count.
  static <T> Round round(Preparation<T> prepare, Prepared<T> work) {
    return () -> {
      T prepared = prepare.make();
      return round(() -> work.run(prepared)).run();
    };
  }

  private List<Span> spin(List<Round> rounds) throws Exception {
    Span[] sums = Stream.generate(() -> Span.NONE).limit(rounds.size()).toArray(Span[]::new);
    long passed = 0;
    while (passed < nanos * rounds.size()) {
      for (int i = 0; i < sums.length; i++) {
        Span span = rounds.get(i).run();
        sums[i] = sums[i].plus(span);
        passed += span.nanos();
      }
    }
    return List.of(sums);
  }
}
