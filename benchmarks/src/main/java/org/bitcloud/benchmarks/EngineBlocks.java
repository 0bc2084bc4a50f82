package org.bitcloud.benchmarks;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.PoolLimits;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.EngineConfig;
import org.bitcloud.consensus.Engines;
import org.bitcloud.consensus.ledger.ChainLedger;
import org.bitcloud.consensus.ledger.Misbehaviour;
import org.bitcloud.consensus.pow.Miner;
import org.bitcloud.consensus.runtime.Broadcast;
import org.bitcloud.consensus.runtime.CommittedLine;
import org.bitcloud.consensus.runtime.EngineHeaderRules;
import org.bitcloud.consensus.runtime.EngineListener;
import org.bitcloud.consensus.runtime.EngineRuntime;
import org.bitcloud.consensus.runtime.HeaderSigner;
import org.bitcloud.consensus.runtime.RuntimePorts;
import org.bitcloud.consensus.validator.KeyType;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.store.MemoryStore;

/// The first two blocks of a chain, made by an engine of its own.
///
/// @param rules judge headers as the engine's nodes do
/// @param parent header of the first
/// @param block the second
/// @param made when both were there
record EngineBlocks(EngineHeaderRules rules, BlockHeader parent, Block block, Instant made) {
  private static final KeyPair KEY = KeyPair.of(Sha256.hash(Bytes.ofUtf8("benchmark key")).bytes());
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Map<String, Map<String, String>> PARAMETERS =
      Map.of(
          "dev", Map.of("blockMillis", "10"),
          "pow", Map.of("blockMillis", "50", "difficulty", "1000"),
          "poa", Map.of("blockMillis", "10"));

  /// Lets an engine make them.
  static EngineBlocks of(String engine) throws InterruptedException {
    Genesis genesis = genesis(engine);
    ValidatorSet validators = ValidatorSet.ofGenesis(genesis.validators());
    ValidatorSource source = ValidatorSource.fixed(validators);
    EmbeddedEngine running = make(genesis, source);
    EngineHeaderRules rules = new EngineHeaderRules(running.rules(), source);
    CountDownLatch made = new CountDownLatch(2);
    try (MemoryStore store = MemoryStore.open(Chain.columns());
        Chain chain =
            Chain.open(
                store,
                genesis,
                Rules.of(genesis.chainId(), genesis.feeSchedule(), List.of()),
                rules,
                Runnable::run,
                ChainLedger.options(running.descriptor().finality()));
        Mempool pool = Mempool.open(chain, PoolLimits.DEFAULT);
        Miner miner = new Miner(1);
        var _ = chain.subscribe(_ -> made.countDown());
        EngineRuntime _ =
            EngineRuntime.start(
                running,
                validators,
                ports(new ChainLedger(chain, pool, CLOCK), running, chain, miner),
                failing())) {
      if (!made.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the engine made no blocks");
      }
      return new EngineBlocks(
          rules,
          chain.headerAt(Height.of(1)).orElseThrow(),
          chain.blockAt(Height.of(2)).orElseThrow(),
          CLOCK.instant());
    }
  }

  private static RuntimePorts ports(
      ChainLedger ledger, EmbeddedEngine engine, Chain chain, Miner miner) {
    return new RuntimePorts(
        ledger,
        new HeaderSigner(KEY),
        Broadcast.ALONE,
        CommittedLine.of(engine.descriptor(), chain),
        miner,
        Runnable::run,
        CLOCK);
  }

  private static Genesis genesis(String engine) {
    return new Genesis(
        201_403,
        engine,
        new TreeMap<>(PARAMETERS.getOrDefault(engine, Map.of())),
        List.of(),
        new TreeMap<>(),
        FeeSchedule.DEFAULT,
        30_000_000,
        Amount.of(1_000_000_000),
        1_767_225_600_000L,
        List.of(new GenesisValidator(GenesisValidator.SECP256K1, KEY.publicKey(), 1)));
  }

  private static EmbeddedEngine make(Genesis genesis, ValidatorSource source) {
    ValidatorKey key = new ValidatorKey(KeyType.SECP256K1, KEY.publicKey());
    return (EmbeddedEngine)
        Engines.load(genesis.engineId())
            .create(
                new EngineConfig(
                    genesis.genesisHash(), genesis.engineParameters(), source, Optional.of(key)));
  }

  private static EngineListener failing() {
    return new EngineListener() {
      @Override
      public void halted(String why, Optional<Throwable> cause) {
        throw new IllegalStateException(why, cause.orElse(null));
      }

      @Override
      public void misbehaved(Misbehaviour misbehaviour) {}
    };
  }
}
