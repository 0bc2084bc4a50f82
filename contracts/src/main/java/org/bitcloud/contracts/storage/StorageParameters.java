package org.bitcloud.contracts.storage;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// The Storage corporation's tariff and clock, fixed at genesis.
///
/// @param windowMillis length of a window in milliseconds of chain time, at least 1,000
/// @param payoutBurnBps hundredths of a percent of each payout that are burned
/// @param settlerBps hundredths of a percent of payouts and penalties for who sends `settle`
/// @param earlyEndWindows windows whose payment a renter owes for ending early
/// @param idleWindows windows without a revision after which the provider may end
/// @param endsPerWindowMax contracts of one provider that may end with one window
public record StorageParameters(
    long windowMillis,
    long payoutBurnBps,
    long settlerBps,
    long earlyEndWindows,
    long idleWindows,
    long endsPerWindowMax) {
  /// Leaves drawn from a provider in each window. Fixed: prices are multiples of it.
  public static final int DRAWS = 20;

  /// Fully missed windows in a row that end a provider. Fixed: collateral is a multiple of
  /// [#COLLATERAL_SHARES].
  public static final int MISSES_TO_END = 3;

  /// Into how many parts a contract's collateral is cut; each missing leaf costs one.
  public static final int COLLATERAL_SHARES = DRAWS * MISSES_TO_END;

  /// Bytes of one leaf.
  public static final int LEAF_BYTES = 512;

  /// Leaves of one sector of 4 MiB.
  public static final long SECTOR_LEAVES = 8_192;

  /// Sectors of one contract at most.
  public static final long SECTORS_MAX = 1L << 32;

  /// Windows of one term at most; bounds every product of amounts far below 2^256.
  public static final long TERM_WINDOWS_MAX = 1L << 20;

  /// A window with fewer blocks is void.
  public static final long WINDOW_BLOCKS_MIN = 4;

  /// Unsettled windows and ends that one call settles at most.
  public static final int SETTLE_STEPS_MAX = 64;

  /// Entries of one page of a list at most.
  public static final int PAGE_MAX = 100;

  /// Bytes of a provider's endpoint at most, a binary multiaddr.
  public static final int ENDPOINT_BYTES_MAX = 128;

  /// Bytes of a peer id at most.
  public static final int PEER_ID_BYTES_MAX = 64;

  static final long BPS = 10_000;

  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "windowMillis",
              "payoutBurnBps",
              "settlerBps",
              "earlyEndWindows",
              "idleWindows",
              "maxEndsPerWindow",
              "drawsPerWindow",
              "missesToEnd"));

  /// Reads them from a genesis file; all but `windowMillis` have defaults.
  ///
  /// @throws GenesisException if a key is unknown, missing or out of bounds
  public static StorageParameters of(Map<String, String> genesis) throws GenesisException {
    for (String key : genesis.keySet()) {
      if (!KEYS.contains(key)) {
        throw new GenesisException("storage: unknown parameter '" + key + "'; known are " + KEYS);
      }
    }
    if (!genesis.containsKey("windowMillis")) {
      throw new GenesisException("storage: parameter 'windowMillis' is missing");
    }
    number(genesis, "drawsPerWindow", DRAWS, DRAWS, DRAWS);
    number(genesis, "missesToEnd", MISSES_TO_END, MISSES_TO_END, MISSES_TO_END);
    return new StorageParameters(
        number(genesis, "windowMillis", 0, 1_000, 1L << 40),
        number(genesis, "payoutBurnBps", 200, 0, BPS / 2),
        number(genesis, "settlerBps", 10, 0, BPS / 10),
        number(genesis, "earlyEndWindows", 3, 0, 1_000),
        number(genesis, "idleWindows", 3, 1, 1_000),
        number(genesis, "maxEndsPerWindow", 64, 1, 1_024));
  }

  private static long number(
      Map<String, String> genesis, String key, long fallback, long min, long max)
      throws GenesisException {
    String text = genesis.get(key);
    if (text == null) {
      return fallback;
    }
    if (text.matches("[0-9]{1,18}")) {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw new GenesisException(
        "storage: parameter '" + key + "' must be a number from " + min + " to " + max);
  }

  Bytes encode() {
    return new RlpWriter()
        .beginList()
        .number(windowMillis)
        .number(payoutBurnBps)
        .number(settlerBps)
        .number(earlyEndWindows)
        .number(idleWindows)
        .number(endsPerWindowMax)
        .endList()
        .toBytes();
  }

  static StorageParameters decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    StorageParameters parameters =
        new StorageParameters(
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber());
    in.leaveList();
    in.end();
    return parameters;
  }
}
