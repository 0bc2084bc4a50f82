package org.bitcloud.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.ChainException;
import org.bitcloud.chain.ChainVerifier;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.VerifyException;
import org.bitcloud.chain.VerifyProgress;
import org.bitcloud.chain.VerifyReport;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.file.ChainFileReader;
import org.bitcloud.chain.file.ChainImport;
import org.bitcloud.chain.file.ImportException;
import org.bitcloud.chain.file.ImportReport;
import org.bitcloud.chain.file.TagDepths;
import org.bitcloud.chain.file.TransferProgress;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.EngineConfigException;
import org.bitcloud.consensus.Finality;
import org.bitcloud.consensus.ledger.ChainLedger;
import org.bitcloud.consensus.runtime.EngineHeaderRules;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.RocksDbStore;
import org.bitcloud.store.StoreException;
import org.bitcloud.store.StoreOptions;

/// A chain opened from its database with the rules of its network and the engine that judges its
/// headers.
public final class ChainAccess implements AutoCloseable {
  private final Deque<Runnable> closers;
  private final Chain chain;
  private final EmbeddedEngine engine;
  private final ValidatorSet validators;
  private final HeaderRules headerRules;
  private final ExecutorService pool;

  private ChainAccess(
      Deque<Runnable> closers,
      Chain chain,
      EmbeddedEngine engine,
      ValidatorSet validators,
      HeaderRules headerRules,
      ExecutorService pool) {
    this.closers = closers;
    this.chain = chain;
    this.engine = engine;
    this.validators = validators;
    this.headerRules = headerRules;
    this.pool = pool;
  }

  /// Opens a database that keeps as much of the past as is usual.
  ///
  /// @throws ServiceException as [#open(Path, Genesis, Optional, long, History)]
  public static ChainAccess open(
      Path database, Genesis genesis, Optional<KeyPair> key, long memoryBytes)
      throws ServiceException {
    return open(database, genesis, key, memoryBytes, new History.Usual());
  }

  /// Opens a database, which is begun where there is none.
  ///
  /// @param database its folder
  /// @param genesis the network
  /// @param key the validator's key, empty for a node that only follows
  /// @param memoryBytes memory for the database's caches; half of it, though no more than a quarter
  ///   of the heap, for the state's tree and accounts
  /// @param history how much of the past to keep
  /// @throws ServiceException where the database is in use, damaged or of another network
  public static ChainAccess open(
      Path database, Genesis genesis, Optional<KeyPair> key, long memoryBytes, History history)
      throws ServiceException {
    long stateBytes = Math.min(memoryBytes / 2, Runtime.getRuntime().maxMemory() / 4);
    Deque<Runnable> closers = new ArrayDeque<>();
    try {
      KeyValueStore store =
          RocksDbStore.open(
              database, Chain.columns(), StoreOptions.forMemory(memoryBytes - stateBytes));
      closers.push(store::close);
      ExecutorService pool =
          Executors.newFixedThreadPool(
              Runtime.getRuntime().availableProcessors(),
              Thread.ofPlatform().name("verify-", 0).daemon().factory());
      closers.push(pool::shutdownNow);
      ValidatorSet validators = ValidatorSet.ofGenesis(genesis.validators());
      ValidatorSource source = ValidatorSource.fixed(validators);
      EmbeddedEngine engine = engine(genesis, source, key);
      var headerRules = new EngineHeaderRules(engine.rules(), source);
      Chain chain =
          Chain.open(
              store,
              genesis,
              GenesisParts.rules(genesis),
              headerRules,
              pool,
              history
                  .applied(ChainLedger.options(engine.descriptor().finality()))
                  .withStateBytes(stateBytes));
      closers.push(chain::close);
      return new ChainAccess(closers, chain, engine, validators, headerRules, pool);
    } catch (StoreException | ChainException | EngineConfigException | GenesisException e) {
      close(closers);
      throw new ServiceException("cannot open the chain in " + database + ": " + e.getMessage(), e);
    }
  }

  private static EmbeddedEngine engine(
      Genesis genesis, ValidatorSource source, Optional<KeyPair> key) {
    if (GenesisParts.engine(genesis, source, key) instanceof EmbeddedEngine embedded) {
      return embedded;
    }
    throw new EngineConfigException(
        "engine " + genesis.engineId() + " runs outside of this node, which is not wired here");
  }

  /// The chain.
  public Chain chain() {
    return chain;
  }

  /// The engine, which nobody runs yet.
  EmbeddedEngine engine() {
    return engine;
  }

  /// The validators of the genesis.
  ValidatorSet validators() {
    return validators;
  }

  /// Replays every block from genesis into memory and compares everything, coins among it.
  ///
  /// @throws VerifyException at the first thing that is wrong
  public VerifyReport verify(VerifyProgress progress) throws VerifyException {
    return ChainVerifier.verify(chain, headerRules, pool, progress);
  }

  /// Puts the blocks of a file on top of the chain, which no engine may write to meanwhile.
  ///
  /// @param clock judges blocks from the future
  /// @param bytes size of the file
  /// @throws IOException when the file cannot be read on; what came before is imported
  /// @throws ImportException when a block is refused; those below it are imported
  public ImportReport importBlocks(
      ChainFileReader file, InstantSource clock, TransferProgress progress, long bytes)
      throws IOException, ImportException, InterruptedException {
    return ChainImport.run(
        chain,
        file,
        new ChainImport.Ports(tags(engine.descriptor().finality()), clock, pool, progress, bytes));
  }

  private static TagDepths tags(Finality finality) {
    return switch (finality) {
      case Finality.Instant _ -> TagDepths.INSTANT;
      case Finality.Probabilistic(int confirmations, int _) ->
          new TagDepths((confirmations + 1) / 2, confirmations);
    };
  }

  @Override
  public void close() {
    close(closers);
  }

  private static void close(Deque<Runnable> closers) {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }
}
