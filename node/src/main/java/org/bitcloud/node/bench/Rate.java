package org.bitcloud.node.bench;

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

  /// Units for each second.
  double of(Work work) throws Exception {
    double _ = spin(work);
    return spin(work);
  }

  private double spin(Work work) throws Exception {
    long begun = System.nanoTime();
    long units = 0;
    long passed;
    do {
      units += work.run();
      passed = System.nanoTime() - begun;
    } while (passed < nanos);
    return units * 1e9 / passed;
  }

  /// Units for each second of a piece of work that needs a preparation which does not count.
  <T> double of(Preparation<T> prepare, Prepared<T> work) throws Exception {
    double _ = spin(prepare, work);
    return spin(prepare, work);
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

  private <T> double spin(Preparation<T> prepare, Prepared<T> work) throws Exception {
    long units = 0;
    long passed = 0;
    while (passed < nanos) {
      T prepared = prepare.make();
      long begun = System.nanoTime();
      units += work.run(prepared);
      passed += System.nanoTime() - begun;
    }
    return units * 1e9 / passed;
  }
}
