package org.bitcloud.testkit;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A statement that must hold whatever the [Choices] are.
///
/// On failure the case is made smaller and an [AssertionError] names the seed, the smallest case as
/// numbers for [Choices#replay], its notes, and has its failure as the cause. The system properties
/// `property.seed` and `property.runs` override what the test says.
public final class Property {
  /// Bounds of the search for a smaller case: a test that fails must still end soon.
  private static final int SHRINKS_MAX = 4_000;

  private static final long SHRINK_NANOS_MAX = 10_000_000_000L;

  private final String name;
  private final int runs;
  private final long seed;

  private Property(String name, int runs, long seed) {
    this.name = name;
    this.runs = runs;
    this.seed = seed;
  }

  /// What is checked: throws when the statement does not hold for the choices it draws.
  @FunctionalInterface
  public interface Body {
    /// Runs one case.
    void run(Choices choices) throws Exception;
  }

  /// A property with 100 runs and a seed made from its name.
  public static Property named(String name) {
    return new Property(name, Integer.getInteger("property.runs", 100), Seeds.of(name));
  }

  /// The same property with another number of runs, unless `property.runs` is set.
  public Property runs(int count) {
    return new Property(name, Integer.getInteger("property.runs", count), seed);
  }

  /// The same property with another first seed.
  public Property seed(long first) {
    return new Property(name, runs, first);
  }

  /// Runs cases with consecutive seeds.
  ///
  /// @throws AssertionError for the smallest failing case found
  public void check(Body body) {
    long first = Long.getLong("property.seed", seed);
    for (int run = 0; run < runs; run++) {
      Choices choices = Choices.ofSeed(first + run);
      Throwable failure = failure(body, choices);
      if (failure != null) {
        throw report("seed " + (first + run), shrink(body, choices, failure));
      }
    }
  }

  /// Runs every possible case, at most `max` of them.
  ///
  /// @throws AssertionError for the first failing case, or if there are more than `max`
  public void enumerate(int max, Body body) {
    long[] next = new long[0];
    for (int run = 0; ; run++) {
      if (run == max) {
        throw new AssertionError(name + ": more than " + max + " cases");
      }
      Choices choices = Choices.replay(next);
      Throwable failure = failure(body, choices);
      if (failure != null) {
        throw report("case " + run, new Failing(choices, failure));
      }
      long[] drawn = choices.drawn();
      long[] spans = choices.spans();
      int last = drawn.length - 1;
      while (last >= 0 && drawn[last] == spans[last] - 1) {
        last--;
      }
      if (last < 0) {
        return;
      }
      next = Arrays.copyOf(drawn, last + 1);
      next[last]++;
    }
  }

  private record Failing(Choices choices, Throwable failure) {}

  private AssertionError report(String origin, Failing smallest) {
    String numbers =
        Arrays.stream(smallest.choices.drawn())
            .mapToObj(Long::toString)
            .collect(Collectors.joining(", "));
    StringBuilder text = new StringBuilder();
    text.append(name).append(" does not hold: ").append(smallest.failure);
    text.append("\n  ").append(origin).append(" (again with -Dproperty.seed=…)");
    text.append("\n  smallest case: Choices.replay(").append(numbers).append(')');
    smallest.choices.notes().forEach(note -> text.append("\n  ").append(note));
    return new AssertionError(text.toString(), smallest.failure);
  }

  private static @Nullable Throwable failure(Body body, Choices choices) {
    try {
      body.run(choices);
      return null;
    } catch (Exception | AssertionError | StackOverflowError e) {
      return e;
    }
  }

  /// Repeats passes of leaving out and lowering draws until none helps or the budget is spent.
  private static Failing shrink(Body body, Choices choices, Throwable failure) {
    Search search = new Search(body, new Failing(choices, failure));
    boolean smaller = true;
    while (smaller && search.mayGoOn()) {
      smaller = search.leaveOut() || search.lower();
    }
    return search.best;
  }

  private static final class Search {
    private final Body body;
    private final long started = System.nanoTime();
    private Failing best;
    private int attempts;

    Search(Body body, Failing first) {
      this.body = body;
      this.best = first;
    }

    boolean mayGoOn() {
      return attempts < SHRINKS_MAX && System.nanoTime() - started < SHRINK_NANOS_MAX;
    }

    /// Leaves out runs of draws, long ones first.
    boolean leaveOut() {
      boolean improved = false;
      for (int length = best.choices.drawn().length; length > 0; length /= 2) {
        int from = best.choices.drawn().length - length;
        while (from >= 0 && mayGoOn()) {
          long[] now = best.choices.drawn();
          if (from + length <= now.length) {
            long[] shorter = new long[now.length - length];
            System.arraycopy(now, 0, shorter, 0, from);
            System.arraycopy(now, from + length, shorter, from, shorter.length - from);
            improved |= attempt(shorter);
          }
          from -= length;
        }
      }
      return improved;
    }

    /// Lowers single draws: to zero, else by bisection.
    boolean lower() {
      boolean improved = false;
      for (int i = 0; i < best.choices.drawn().length && mayGoOn(); i++) {
        long high = best.choices.drawn()[i];
        long low = -1;
        while (high - low > 1 && mayGoOn()) {
          long middle = low == -1 ? 0 : low + (high - low) / 2;
          long[] candidate = best.choices.drawn();
          if (i >= candidate.length) {
            break;
          }
          candidate[i] = middle;
          if (attempt(candidate)) {
            high = middle;
            improved = true;
          } else {
            low = middle;
          }
        }
      }
      return improved;
    }

    private boolean attempt(long[] draws) {
      attempts++;
      Choices candidate = Choices.replay(draws);
      Throwable failure = failure(body, candidate);
      if (failure == null || !simpler(candidate.drawn(), best.choices.drawn())) {
        return false;
      }
      best = new Failing(candidate, failure);
      return true;
    }

    private static boolean simpler(long[] a, long[] b) {
      return a.length != b.length ? a.length < b.length : Arrays.compare(a, b) < 0;
    }
  }
}
