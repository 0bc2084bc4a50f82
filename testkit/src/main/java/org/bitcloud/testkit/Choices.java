package org.bitcloud.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The decisions of one test case: everything that varies in it is drawn from here.
///
/// A case is fully described by the numbers drawn, so it can be replayed and made smaller. Every
/// draw is written so that smaller numbers mean simpler cases: zero is the lowest value, the first
/// element, an empty list, `false`. Belongs to one thread.
public final class Choices {
  /// Draws per case beyond which only zeros come, so that a test which loops on choices ends.
  static final int DRAWS_MAX = 1 << 20;

  private final long[] given;
  private final @Nullable SplittableRandom random;
  private long[] drawn = new long[64];
  private long[] spans = new long[64];
  private int count;
  private final List<String> notes = new ArrayList<>();

  private Choices(long[] given, @Nullable SplittableRandom random) {
    this.given = given;
    this.random = random;
  }

  /// Decisions that a seed determines.
  public static Choices ofSeed(long seed) {
    return new Choices(new long[0], new SplittableRandom(seed));
  }

  /// Decisions made before, in the order drawn; after the last one only zeros come.
  public static Choices replay(long... draws) {
    return new Choices(draws.clone(), null);
  }

  /// A number from zero to `bound - 1`.
  ///
  /// @throws IllegalArgumentException if the bound is not positive
  public int below(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive: " + bound);
    }
    return (int) draw(bound);
  }

  /// A number between two, both included.
  public int between(int low, int high) {
    return Math.toIntExact(longBetween(low, high));
  }

  /// A number between two, both included; at most 2^63 - 1 apart.
  ///
  /// @throws IllegalArgumentException if `high` is below `low`
  public long longBetween(long low, long high) {
    if (high < low) {
      throw new IllegalArgumentException("empty range " + low + ".." + high);
    }
    long span = Math.subtractExact(high, low);
    return low + draw(span == Long.MAX_VALUE ? span : span + 1);
  }

  /// True or false, equally likely.
  public boolean flip() {
    return draw(2) == 1;
  }

  /// True once in `n` times on average.
  public boolean oneIn(int n) {
    return n == 1 || draw(n) == n - 1;
  }

  /// So many arbitrary bytes.
  public byte[] bytes(int size) {
    byte[] result = new byte[size];
    for (int i = 0; i < size; i++) {
      result[i] = (byte) draw(256);
    }
    return result;
  }

  /// Arbitrary bytes, at most `max` of them.
  public byte[] bytesUpTo(int max) {
    return bytes(between(0, max));
  }

  /// One element of a list that is not empty.
  public <T> T pick(List<T> from) {
    return from.get(below(from.size()));
  }

  /// At most `max` values, each made from further choices.
  public <T> List<T> listUpTo(int max, Function<Choices, T> element) {
    int size = between(0, max);
    List<T> result = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      result.add(element.apply(this));
    }
    return result;
  }

  /// Adds a line to what is printed should this case fail.
  public void note(String line) {
    if (notes.size() < 200) {
      notes.add(line);
    }
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /// The numbers drawn so far.
  long[] drawn() {
    return Arrays.copyOf(drawn, count);
  }

  /// For each draw, how many values it could have had.
  long[] spans() {
    return Arrays.copyOf(spans, count);
  }

  private long draw(long span) {
    long value = next(span);
    if (count == drawn.length) {
      drawn = Arrays.copyOf(drawn, 2 * count);
      spans = Arrays.copyOf(spans, 2 * count);
    }
    drawn[count] = value;
    spans[count] = span;
    count++;
    return value;
  }

  private long next(long span) {
    if (count < given.length) {
      return Math.clamp(given[count], 0, span - 1);
    }
    return random == null || count >= DRAWS_MAX ? 0 : random.nextLong(span);
  }
}
