package org.bitcloud.simulation;

import java.util.Optional;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.PoolLimits;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.EngineConfig;
import org.bitcloud.consensus.Engines;
import org.bitcloud.consensus.ledger.ChainLedger;
import org.bitcloud.consensus.runtime.EngineHeaderRules;
import org.bitcloud.consensus.runtime.HeaderSigner;
import org.bitcloud.consensus.validator.KeyType;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.contracts.Corporations;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.store.MemoryMedium;
import org.bitcloud.store.MemoryStore;

/// One life of the validator, from start to stop.
record SimulatedNode(
    MemoryStore store, Chain chain, Mempool pool, HeaderRules headerRules, EngineLoop loop) {

  /// Starts on what the disk holds.
  static SimulatedNode start(SimulationSetup setup, MemoryMedium disk, VirtualClock clock) {
    Genesis genesis = setup.genesis();
    KeyPair key = setup.key(SimulationSetup.VALIDATOR);
    ValidatorSet validators = ValidatorSet.ofGenesis(genesis.validators());
    ValidatorSource source = ValidatorSource.fixed(validators);
    EmbeddedEngine engine =
        (EmbeddedEngine)
            Engines.load(genesis.engineId())
                .create(
                    new EngineConfig(
                        genesis.genesisHash(),
                        genesis.engineParameters(),
                        source,
                        Optional.of(new ValidatorKey(KeyType.SECP256K1, key.publicKey()))));
    HeaderRules headerRules = new EngineHeaderRules(engine.rules(), source);
    MemoryStore store = MemoryStore.open(disk, Chain.columns());
    Chain chain = Chain.open(store, genesis, rules(genesis), headerRules, Runnable::run);
    Mempool pool = Mempool.open(chain, PoolLimits.DEFAULT);
    chain.useKnown(pool);
    EngineLoop loop =
        new EngineLoop(engine, new ChainLedger(chain, pool, clock), new HeaderSigner(key), clock);
    loop.start(validators);
    return new SimulatedNode(store, chain, pool, headerRules, loop);
  }

  private static Rules rules(Genesis genesis) {
    try {
      return Rules.of(
          genesis.chainId(), genesis.feeSchedule(), Corporations.load(genesis.corporations()));
    } catch (GenesisException e) {
      throw new IllegalStateException("the simulation's own genesis is wrong", e);
    }
  }

  void stop() {
    loop.stop();
    pool.close();
    chain.close();
    store.close();
  }
}
