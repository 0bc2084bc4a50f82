package org.bitcloud.consensus.dev;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bitcloud.consensus.EngineConfigException;
import org.jspecify.annotations.Nullable;

/// Parameters of the `dev` engine, from genesis.
///
/// @param block how often a block is sealed, or zero to seal as soon as a transaction waits
/// @param window length of a storage window; an empty block comes at least every eighth of it
record DevParameters(Duration block, Duration window) {
  static final String BLOCK_MILLIS = "blockMillis";
  static final String WINDOW_MILLIS = "windowMillis";

  private static final long BLOCK_MILLIS_MAX = 3_600_000; // an hour
  private static final long WINDOW_MILLIS_MIN = 80; // an eighth of it is 10 ms
  private static final long WINDOW_MILLIS_MAX = 7 * 86_400_000L; // a week
  private static final long WINDOW_MILLIS_DEFAULT = 20_000;

  /// Reads them; `blockMillis` is 0 and `windowMillis` 20,000 where they are not given.
  static DevParameters of(SortedMap<String, String> given) {
    SortedMap<String, String> rest = new TreeMap<>(given);
    long block = number(BLOCK_MILLIS, rest.remove(BLOCK_MILLIS), 0, 0, BLOCK_MILLIS_MAX);
    long window =
        number(
            WINDOW_MILLIS,
            rest.remove(WINDOW_MILLIS),
            WINDOW_MILLIS_DEFAULT,
            WINDOW_MILLIS_MIN,
            WINDOW_MILLIS_MAX);
    if (!rest.isEmpty()) {
      throw new EngineConfigException(
          "unknown parameter of the dev engine: " + String.join(", ", rest.keySet()));
    }
    return new DevParameters(Duration.ofMillis(block), Duration.ofMillis(window));
  }

  private static long number(
      String name, @Nullable String text, long fallback, long min, long max) {
    if (text == null) {
      return fallback;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same message as a number out of bounds.
    }
    throw new EngineConfigException(
        "parameter %s of the dev engine must be a number from %d to %d, not '%s'"
            .formatted(name, min, max, text));
  }

  /// The longest pause between two blocks. A tenth less than an eighth of a window, so that a late
  /// timer does not break the promise of an eighth.
  Duration pauseMax() {
    return window.dividedBy(8).multipliedBy(9).dividedBy(10);
  }

  /// The time from the beginning of one block to that of the next when nobody asks for one.
  Duration interval() {
    boolean regular = isRegular() && block.compareTo(pauseMax()) < 0;
    return regular ? block : pauseMax();
  }

  /// Whether blocks come at an interval and not on demand.
  boolean isRegular() {
    return !block.isZero();
  }
}
