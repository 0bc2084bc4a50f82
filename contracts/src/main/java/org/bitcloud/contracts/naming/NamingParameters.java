package org.bitcloud.contracts.naming;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// The Naming corporation's prices and times, fixed at genesis.
///
/// @param times how long everything lasts
/// @param price3 drops a year for a label of 3 characters
/// @param price4 drops a year for a label of 4 characters
/// @param price5 drops a year for a longer label
public record NamingParameters(Times times, Amount price3, Amount price4, Amount price5) {
  /// Years that a name can be paid ahead at most.
  public static final int YEARS_MAX = 10;

  /// Records of one name at most.
  public static final int RECORDS_MAX = 32;

  private static final long DAY = 86_400_000;
  private static final long TIME_MAX = 1L << 40;
  private static final BigInteger PRICE_MAX = BigInteger.TEN.pow(30);
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "yearMillis",
              "graceMillis",
              "commitAgeMillis",
              "commitLifeMillis",
              "price3",
              "price4",
              "price5"));

  /// How long everything lasts, in milliseconds of chain time.
  ///
  /// @param yearMillis what counts as a year; 365 days but on test networks
  /// @param graceMillis how long an expired name waits for its owner, a year at most, so that
  ///   renewing by one year always revives it
  /// @param commitAgeMillis how long a commitment must wait before it is revealed
  /// @param commitLifeMillis from when on it can no longer be revealed
  public record Times(
      long yearMillis, long graceMillis, long commitAgeMillis, long commitLifeMillis) {}

  /// Reads them from a genesis file; all have defaults.
  ///
  /// @throws GenesisException if a key is unknown or a value out of bounds
  public static NamingParameters of(Map<String, String> genesis) throws GenesisException {
    for (String key : genesis.keySet()) {
      if (!KEYS.contains(key)) {
        throw new GenesisException("naming: unknown parameter '" + key + "'; known are " + KEYS);
      }
    }
    long year = time(genesis, "yearMillis", 365 * DAY, 1_000, TIME_MAX);
    long age = time(genesis, "commitAgeMillis", 60_000, 1, DAY);
    Times times =
        new Times(
            year,
            time(genesis, "graceMillis", Math.min(30 * DAY, year), 0, year),
            age,
            time(genesis, "commitLifeMillis", Math.max(DAY, age + 1), age + 1, TIME_MAX));
    return new NamingParameters(
        times,
        price(genesis, "price3", 80),
        price(genesis, "price4", 20),
        price(genesis, "price5", 1));
  }

  private static long time(
      Map<String, String> genesis, String key, long fallback, long min, long max)
      throws GenesisException {
    BigInteger value = number(genesis, key, BigInteger.valueOf(fallback));
    if (value.compareTo(BigInteger.valueOf(min)) < 0
        || value.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new GenesisException(
          "naming: parameter '" + key + "' must be a number from " + min + " to " + max);
    }
    return value.longValueExact();
  }

  private static Amount price(Map<String, String> genesis, String key, long cloudcoins)
      throws GenesisException {
    BigInteger value = number(genesis, key, Amount.CLOUDCOIN.times(cloudcoins).drops());
    if (value.compareTo(PRICE_MAX) > 0) {
      throw new GenesisException("naming: parameter '" + key + "' must be at most " + PRICE_MAX);
    }
    return Amount.of(value);
  }

  private static BigInteger number(Map<String, String> genesis, String key, BigInteger fallback)
      throws GenesisException {
    String text = genesis.get(key);
    if (text == null) {
      return fallback;
    }
    if (!text.matches("[0-9]{1,31}")) {
      throw new GenesisException("naming: parameter '" + key + "' must be a number");
    }
    return new BigInteger(text);
  }

  /// The price of a label for so many years.
  public Amount price(String label, long years) {
    Amount yearly =
        switch (label.length()) {
          case 3 -> price3;
          case 4 -> price4;
          default -> price5;
        };
    return yearly.times(years);
  }

  Bytes encode() {
    return new RlpWriter()
        .beginList()
        .number(times.yearMillis)
        .number(times.graceMillis)
        .number(times.commitAgeMillis)
        .number(times.commitLifeMillis)
        .amount(price3)
        .amount(price4)
        .amount(price5)
        .endList()
        .toBytes();
  }

  static NamingParameters decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    Times times = new Times(in.readNumber(), in.readNumber(), in.readNumber(), in.readNumber());
    NamingParameters parameters =
        new NamingParameters(times, in.readAmount(), in.readAmount(), in.readAmount());
    in.leaveList();
    in.end();
    return parameters;
  }
}
