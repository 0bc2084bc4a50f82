package org.bitcloud.consensus.branch;

import java.math.BigInteger;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bitcloud.consensus.EngineConfigException;

/// Reads an engine's parameters out of genesis: each within its bounds, none left over.
public final class GenesisParameters {
  private final String engine;
  private final SortedMap<String, String> rest;

  /// Reads what was given to `engine`.
  public GenesisParameters(String engine, SortedMap<String, String> given) {
    this.engine = engine;
    this.rest = new TreeMap<>(given);
  }

  /// A number from `min` to `max`, or `fallback` where it is not given.
  ///
  /// @throws EngineConfigException when it is something else
  public long number(String name, long fallback, long min, long max) {
    return number(
            name, BigInteger.valueOf(fallback), BigInteger.valueOf(min), BigInteger.valueOf(max))
        .longValueExact();
  }

  /// A number from `min` to `max`, or `fallback` where it is not given.
  ///
  /// @throws EngineConfigException when it is something else
  public BigInteger number(String name, BigInteger fallback, BigInteger min, BigInteger max) {
    String text = rest.remove(name);
    if (text == null) {
      return fallback;
    }
    if (text.matches("[0-9]{1,20}")) {
      BigInteger value = new BigInteger(text);
      if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
        return value;
      }
    }
    throw new EngineConfigException(
        "parameter %s of the %s engine must be a number from %s to %s, not '%s'"
            .formatted(name, engine, min, max, text));
  }

  /// Ends the reading.
  ///
  /// @throws EngineConfigException when a parameter is left that nobody asked for
  public void end() {
    if (!rest.isEmpty()) {
      throw new EngineConfigException(
          "unknown parameter of the %s engine: %s"
              .formatted(engine, String.join(", ", rest.keySet())));
    }
  }
}
