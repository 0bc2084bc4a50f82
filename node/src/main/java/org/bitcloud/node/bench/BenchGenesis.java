package org.bitcloud.node.bench;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.consensus.dev.DevEngineProvider;
import org.bitcloud.node.GenesisFile;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;

/// Networks to measure on: the rules and corporations of a devnet, the senders of a plan funded.
final class BenchGenesis {
  /// The one who seals the blocks.
  static final KeyPair VALIDATOR = KeyPair.of(Sha256.hash(Bytes.ofUtf8("bench validator")).bytes());

  private static final long GAS = 21_000;

  private BenchGenesis() {}

  static Genesis devnet() throws ConfigException {
    return GenesisFile.embedded("devnet");
  }

  /* Twice the gas that a block uses, so that the base fee stays where it is. */
  static Genesis of(TransferPlan plan, SortedMap<String, String> engineParameters)
      throws ConfigException {
    Genesis devnet = devnet();
    return new Genesis(
        plan.chainId(),
        DevEngineProvider.ID,
        engineParameters,
        plan.allocations(),
        new TreeMap<>(devnet.corporations()),
        devnet.feeSchedule(),
        2 * GAS * plan.transfersPerBlock(),
        Amount.of(1_000_000_000L),
        devnet.timeMillis(),
        List.of(new GenesisValidator(GenesisValidator.SECP256K1, VALIDATOR.publicKey(), 1)));
  }
}
