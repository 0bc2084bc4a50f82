package org.bitcloud.node;

import java.util.Optional;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.consensus.ConsensusEngine;
import org.bitcloud.consensus.EngineConfig;
import org.bitcloud.consensus.EngineConfigException;
import org.bitcloud.consensus.Engines;
import org.bitcloud.consensus.validator.KeyType;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.contracts.Corporations;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.crypto.KeyPair;

/// What a genesis names, made: the rules of its chain and the engine that seals it.
final class GenesisParts {
  private GenesisParts() {}

  /// The rules with the fees and corporations of a genesis.
  ///
  /// @throws GenesisException names the corporation or parameter that there is not
  static Rules rules(Genesis genesis) throws GenesisException {
    return Rules.of(
        genesis.chainId(), genesis.feeSchedule(), Corporations.load(genesis.corporations()));
  }

  /// The engine with its parameters.
  ///
  /// @param key the validator's key, empty where nothing is signed
  /// @throws EngineConfigException names the engine or parameter that there is not
  static ConsensusEngine engine(Genesis genesis, ValidatorSource source, Optional<KeyPair> key) {
    return Engines.load(genesis.engineId())
        .create(
            new EngineConfig(
                genesis.genesisHash(),
                genesis.engineParameters(),
                source,
                key.map(own -> new ValidatorKey(KeyType.SECP256K1, own.publicKey()))));
  }
}
