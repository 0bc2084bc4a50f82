package org.bitcloud.simulation;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;

/// What a simulated network begins with. Everything else follows from it.
///
/// @param seed decides all keys, all bytes stored and all chance
/// @param windowMillis length of a storage window
/// @param blockMillis time between two blocks; above nine tenths of an eighth of a window, that
/// @param accounts names of who has a million cloudcoins at first
public record SimulationSetup(
    long seed, long windowMillis, long blockMillis, List<String> accounts) {
  /// What each account has at first.
  public static final Amount WEALTH = Amount.CLOUDCOIN.times(1_000_000);

  static final long CHAIN_ID = 201_403;
  static final String VALIDATOR = "validator";
  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final long GAS_LIMIT = 120_000_000;
  private static final Amount BASE_FEE = Amount.of(1_000_000_000);

  /// Copies the list.
  public SimulationSetup {
    accounts = List.copyOf(accounts);
  }

  /// A network like a devnet: windows of 20 s, a block every 2 s.
  public static SimulationSetup of(long seed, String... accounts) {
    return new SimulationSetup(seed, 20_000, 2_000, List.of(accounts));
  }

  /// The key of a name.
  public KeyPair key(String name) {
    return KeyPair.of(Sha256.hash(Bytes.ofUtf8("simulation/" + seed + "/" + name)).bytes());
  }

  /// A source of chance for one purpose, apart from that of any other.
  public RandomGenerator random(String purpose) {
    byte[] hash = Sha256.hash(Bytes.ofUtf8("simulation/" + seed + "/" + purpose)).toArray();
    return new SplittableRandom(ByteBuffer.wrap(hash).getLong());
  }

  Genesis genesis() {
    SortedMap<String, SortedMap<String, String>> corporations = new TreeMap<>();
    String window = Long.toString(windowMillis);
    corporations.put("storage", new TreeMap<>(Map.of("windowMillis", window)));
    return new Genesis(
        CHAIN_ID,
        "dev",
        new TreeMap<>(Map.of("blockMillis", Long.toString(blockMillis), "windowMillis", window)),
        accounts.stream().map(name -> new GenesisAllocation(key(name).address(), WEALTH)).toList(),
        corporations,
        FeeSchedule.DEFAULT,
        GAS_LIMIT,
        BASE_FEE,
        START_MILLIS,
        List.of(new GenesisValidator("secp256k1", key(VALIDATOR).publicKey(), 1)));
  }
}
