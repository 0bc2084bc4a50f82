package org.bitcloud.primitives.merkle;

import java.util.Arrays;

/// Which leaves a proof is about.
sealed interface Wanted {
  /// How many leaves.
  long count();

  /// How many of them have an index below the given one.
  long below(long index);

  /// Whether there are some, in rising order, all below the given number.
  boolean isInside(long leafCount);

  /// The leaves at the given indices; the array is not copied.
  static Wanted of(long[] sortedIndices) {
    return new Scattered(sortedIndices);
  }

  /// The leaves from one index on.
  record Run(long first, long count) implements Wanted {
    @Override
    public long below(long index) {
      return Math.clamp(index - first, 0L, count);
    }

    @Override
    public boolean isInside(long leafCount) {
      return first >= 0 && count > 0 && count <= leafCount && first <= leafCount - count;
    }
  }

  /// Leaves at sorted indices.
  final class Scattered implements Wanted {
    private final long[] indices;

    private Scattered(long[] indices) {
      this.indices = indices;
    }

    @Override
    public long count() {
      return indices.length;
    }

    @Override
    public long below(long index) {
      int position = Arrays.binarySearch(indices, index);
      return position >= 0 ? position : -position - 1;
    }

    @Override
    public boolean isInside(long leafCount) {
      long previous = -1;
      for (long index : indices) {
        if (index <= previous || index >= leafCount) {
          return false;
        }
        previous = index;
      }
      return previous >= 0;
    }
  }
}
