package org.bitcloud.benchmarks;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bitcloud.chain.Ancestry;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.Verdict;
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
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.store.MemoryStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What an engine's rules take for one header on one core, as sync and import ask them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class HeaderBenchmark {
  private static final KeyPair KEY = KeyPair.of(Sha256.hash(Bytes.ofUtf8("benchmark key")).bytes());
  private static final Map<String, Map<String, String>> PARAMETERS =
      Map.of(
          "dev", Map.of("blockMillis", "10"),
          "pow", Map.of("blockMillis", "50", "difficulty", "1000"),
          "poa", Map.of("blockMillis", "10"));

  /// The engine.
  @Param({"dev", "pow", "poa"})
  public String engine = "";

  private EngineHeaderRules rules = rules("dev");
  private Optional<Block> block = Optional.empty();
  private Optional<BlockHeader> parent = Optional.empty();
  private Instant now = Instant.EPOCH;

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

  private static ValidatorSource source(Genesis genesis) {
    return ValidatorSource.fixed(ValidatorSet.ofGenesis(genesis.validators()));
  }

  private static EngineHeaderRules rules(String engine) {
    Genesis genesis = genesis(engine);
    ValidatorSource source = source(genesis);
    return new EngineHeaderRules(make(genesis, source).rules(), source);
  }

  /// Lets the engine make the first two blocks of a chain.
  @Setup
  public void makeBlocks() throws InterruptedException {
    Genesis genesis = genesis(engine);
    EmbeddedEngine running = make(genesis, source(genesis));
    rules = rules(engine);
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
                ValidatorSet.ofGenesis(genesis.validators()),
                new RuntimePorts(
                    new ChainLedger(chain, pool, InstantSource.system()),
                    new HeaderSigner(KEY),
                    Broadcast.ALONE,
                    CommittedLine.of(running.descriptor(), chain),
                    miner,
                    Runnable::run,
                    InstantSource.system()),
                failing())) {
      if (!made.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the engine made no blocks");
      }
      block = chain.blockAt(Height.of(2));
      parent = chain.headerAt(Height.of(1));
      now = Instant.now();
    }
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

  /// Checks the second block's header.
  @Benchmark
  public Verdict check() {
    Block judged = block.orElseThrow();
    BlockHeader below = parent.orElseThrow();
    Verdict verdict =
        rules.check(
            judged.header(),
            judged.sealProof(),
            new Ancestry() {
              @Override
              public BlockHeader parent() {
                return below;
              }

              @Override
              public Optional<BlockHeader> header(Hash hash) {
                return Optional.empty();
              }
            },
            now);
    if (!verdict.isAccepted()) {
      throw new IllegalStateException(verdict.toString());
    }
    return verdict;
  }
}
