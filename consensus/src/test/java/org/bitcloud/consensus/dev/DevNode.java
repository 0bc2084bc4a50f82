package org.bitcloud.consensus.dev;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bitcloud.chain.AppliedBlock;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.PoolLimits;
import org.bitcloud.consensus.ConsensusEngine;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.EngineConfig;
import org.bitcloud.consensus.Engines;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.ledger.ChainLedger;
import org.bitcloud.consensus.ledger.Misbehaviour;
import org.bitcloud.consensus.runtime.EngineHeaderRules;
import org.bitcloud.consensus.runtime.EngineListener;
import org.bitcloud.consensus.runtime.EngineRuntime;
import org.bitcloud.consensus.runtime.HeaderSigner;
import org.bitcloud.consensus.runtime.RuntimePorts;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.MemoryMedium;
import org.bitcloud.store.MemoryStore;
import org.bitcloud.testkit.Await;

/// A whole validator of a development network without corporations: store, chain, pool, engine.
final class DevNode implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(10);
  static final KeyPair VALIDATOR = Fixtures.key(1);

  /// Users with money: keys 10 to 19.
  static final List<KeyPair> USERS = IntStream.range(10, 20).mapToObj(Fixtures::key).toList();

  private static final Amount RICH = Amount.of(1_000_000_000_000_000_000L).times(1000);

  final MemoryStore store;
  final Chain chain;
  final Mempool pool;
  final ChainLedger ledger;
  final EngineRuntime runtime;
  final DevControl control;
  final Await<AppliedBlock> blocks = new Await<>();
  final Await<String> halts = new Await<>();

  DevNode(MemoryMedium medium, Map<String, String> parameters, InstantSource clock) {
    Genesis genesis = genesis(parameters);
    ValidatorSet validators = ValidatorSet.ofGenesis(genesis.validators());
    ValidatorSource source = ValidatorSource.fixed(validators);
    ConsensusEngine engine =
        Engines.load(genesis.engineId())
            .create(
                new EngineConfig(
                    genesis.genesisHash(),
                    genesis.engineParameters(),
                    source,
                    Optional.of(Fixtures.validatorKey(VALIDATOR))));
    store = MemoryStore.open(medium, Chain.columns());
    Rules rules = Rules.of(genesis.chainId(), genesis.feeSchedule(), List.of());
    EngineHeaderRules headerRules = new EngineHeaderRules(engine.rules(), source);
    chain = Chain.open(store, genesis, rules, headerRules, Runnable::run);
    pool = Mempool.open(chain, PoolLimits.DEFAULT);
    chain.useKnown(pool);
    var _ = chain.subscribe(blocks::happened);
    ledger = new ChainLedger(chain, pool, clock);
    runtime =
        EngineRuntime.start(
            (EmbeddedEngine) engine,
            validators,
            RuntimePorts.alone(ledger, new HeaderSigner(VALIDATOR), clock),
            new EngineListener() {
              @Override
              public void halted(String why, Optional<Throwable> cause) {
                halts.happened(why);
              }

              @Override
              public void misbehaved(Misbehaviour misbehaviour) {}
            });
    var _ = pool.subscribe(transaction -> runtime.transactionsPending());
    control = new DevControl(runtime);
  }

  static Genesis genesis(Map<String, String> parameters) {
    return new Genesis(
        Fixtures.CHAIN_ID,
        "dev",
        new TreeMap<>(parameters),
        USERS.stream().map(user -> new GenesisAllocation(user.address(), RICH)).toList(),
        new TreeMap<>(),
        FeeSchedule.DEFAULT,
        30_000_000,
        Amount.of(1_000_000_000),
        Instant.parse("2026-01-01T00:00:00Z").toEpochMilli(),
        List.of(new GenesisValidator("secp256k1", VALIDATOR.publicKey(), 1)));
  }

  /// The block that holds a transaction, as soon as it is decided.
  @CanIgnoreReturnValue
  AppliedBlock blockOf(SignedTransaction transaction) {
    return blocks.first(
        applied ->
            applied.block().body().transactions().stream()
                .anyMatch(other -> other.hash().equals(transaction.hash())),
        SOON);
  }

  @Override
  public void close() {
    runtime.close();
    pool.close();
    chain.close();
    store.close();
  }
}
