package org.bitcloud.consensus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.ChainOptions;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.MempoolVerdict;
import org.bitcloud.chain.pool.PoolLimits;
import org.bitcloud.consensus.ledger.ChainLedger;
import org.bitcloud.consensus.runtime.EngineHeaderRules;
import org.bitcloud.consensus.runtime.HeaderSigner;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.KeyValueStore;

/// A whole node in virtual time: any engine on a real chain with a pool, on any store.
public final class ChainNode implements AutoCloseable {
  public static final KeyPair VALIDATOR = Fixtures.key(1);

  /// Users with money: keys 10 to 19.
  public static final List<KeyPair> USERS =
      IntStream.range(10, 20).mapToObj(Fixtures::key).toList();

  private static final Amount RICH = Amount.of(1_000_000_000_000_000_000L).times(1000);

  public final Chain chain;
  public final Mempool pool;
  public final VirtualNode node;
  public final EngineHeaderRules headerRules;
  private int turns;

  /// Opens the chain of `genesis` in `store` and starts the engine at a time.
  public ChainNode(KeyValueStore store, Genesis genesis, Instant now) {
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
                        Optional.of(Fixtures.validatorKey(VALIDATOR))));
    headerRules = new EngineHeaderRules(engine.rules(), source);
    Rules rules = Rules.of(genesis.chainId(), genesis.feeSchedule(), List.of());
    ChainOptions options = ChainLedger.options(engine.descriptor().finality());
    chain = Chain.open(store, genesis, rules, headerRules, Runnable::run, options);
    pool = Mempool.open(chain, PoolLimits.DEFAULT);
    chain.useKnown(pool);
    ChainLedger ledger = new ChainLedger(chain, pool, this::now);
    node =
        new VirtualNode(
            engine,
            validators,
            ledger,
            this::accept,
            chain::block,
            new HeaderSigner(VALIDATOR),
            now);
  }

  public static Genesis genesis(String engine, Map<String, String> parameters) {
    return new Genesis(
        Fixtures.CHAIN_ID,
        engine,
        new TreeMap<>(parameters),
        USERS.stream().map(user -> new GenesisAllocation(user.address(), RICH)).toList(),
        new TreeMap<>(),
        FeeSchedule.DEFAULT,
        30_000_000,
        Amount.of(1_000_000_000),
        Fixtures.NOON.toEpochMilli(),
        List.of(new GenesisValidator("secp256k1", VALIDATOR.publicKey(), 1)));
  }

  private Instant now() {
    return node.now();
  }

  private void accept(SignedTransaction transaction) {
    if (!(pool.submit(transaction) instanceof MempoolVerdict.Added)) {
      throw new AssertionError("refused: " + transaction.hash());
    }
  }

  /// Sends a drop from a user, each in turn, from the `first` on.
  public void transfer(int first) {
    int user = (first + turns++) % USERS.size();
    KeyPair key = USERS.get(user);
    node.submit(Fixtures.transfer(key, pool.pendingNonce(key.address())));
  }

  public Height height() {
    return chain.head().height();
  }

  /// The committed line above block 0, lowest first.
  public List<Block> line() {
    List<Block> line = new ArrayList<>();
    for (Height at = Height.of(1); at.compareTo(height()) <= 0; at = at.next()) {
      line.add(chain.blockAt(at).orElseThrow());
    }
    return line;
  }

  @Override
  public void close() {
    pool.close();
    chain.close();
  }
}
