package org.bitcloud.node;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.consensus.dev.DevControl;
import org.bitcloud.consensus.dev.DevEngineProvider;
import org.bitcloud.consensus.ledger.LedgerPort;
import org.bitcloud.consensus.ledger.Misbehaviour;
import org.bitcloud.consensus.poa.PoaEngineProvider;
import org.bitcloud.consensus.poa.SignerControl;
import org.bitcloud.consensus.pow.Miner;
import org.bitcloud.consensus.runtime.Broadcast;
import org.bitcloud.consensus.runtime.CommittedLine;
import org.bitcloud.consensus.runtime.EngineListener;
import org.bitcloud.consensus.runtime.EngineRuntime;
import org.bitcloud.consensus.runtime.HeaderSigner;
import org.bitcloud.consensus.runtime.RuntimePorts;
import org.bitcloud.market.provider.Settler;
import org.bitcloud.node.adapter.DirectLedger;
import org.bitcloud.node.rpc.DevMethods;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node with a validator's key does beside keeping the chain: it runs the engine, settles
/// storage windows, and votes as its operator wants.
final class BlockProduction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BlockProduction.class);
  private static final Duration FIRST_BLOCK_MAX = Duration.ofMinutes(5);

  private final ChainAccess access;
  private final Mempool pool;
  private final Ports ports;
  private final Deque<Runnable> closers = new ArrayDeque<>();
  private @Nullable DevMethods dev;
  private @Nullable SignerProposals proposals;

  /// What it takes from outside.
  ///
  /// @param key the validator's
  /// @param ledger what the engine decides on
  /// @param clock wall time
  /// @param minerThreads threads that look for nonces, where the engine asks for work
  /// @param proposals file for what the operator votes for
  /// @param onHalt told why where the engine halts
  record Ports(
      KeyPair key,
      LedgerPort ledger,
      InstantSource clock,
      int minerThreads,
      Path proposals,
      Consumer<String> onHalt) {}

  /// Does nothing before [#start].
  BlockProduction(ChainAccess access, Mempool pool, Ports ports) {
    this.access = access;
    this.pool = pool;
    this.ports = ports;
  }

  /// Starts the engine and returns once there is a first block. Whoever calls closes this, also
  /// where it throws.
  void start() throws ServiceException {
    Miner miner = new Miner(ports.minerThreads());
    closers.push(miner::close);
    EngineRuntime runtime = runtime(miner);
    closers.push(runtime::close);
    var pending = pool.subscribe(_ -> runtime.transactionsPending());
    closers.push(pending::close);
    var direct = new DirectLedger(access.chain(), pool, ports.clock());
    closers.push(direct::close);
    if (runs(DevEngineProvider.ID)) {
      DevControl control = new DevControl(runtime);
      if (access.chain().head().height().value() == 0) {
        openFirstWindow(control);
      }
      dev = new DevMethods(control);
    } else {
      awaitFirstBlock(access.chain());
    }
    if (runs(PoaEngineProvider.ID)) {
      SignerProposals kept =
          SignerProposals.open(
              ports.proposals(), new SignerControl(runtime), access.chain(), access.validators());
      closers.push(kept::close);
      proposals = kept;
    }
    Settler settler = Settler.start(direct, ports.key());
    closers.push(settler::close);
  }

  private EngineRuntime runtime(Miner miner) {
    return EngineRuntime.start(
        access.engine(),
        access.validators(),
        new RuntimePorts(
            ports.ledger(),
            new HeaderSigner(ports.key()),
            Broadcast.ALONE,
            CommittedLine.of(access.engine().descriptor(), access.chain()),
            miner,
            Runnable::run,
            ports.clock()),
        listener());
  }

  private boolean runs(String engine) {
    return access.engine().descriptor().id().equals(engine);
  }

  // Storage windows open with block 1; without it nobody could form a contract.
  private static void openFirstWindow(DevControl control) throws ServiceException {
    try {
      BlockRef _ = control.advance(Duration.ofMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException("interrupted while starting", e);
    } catch (IllegalStateException e) {
      throw new ServiceException("the engine does not produce blocks: " + e.getMessage(), e);
    }
  }

  // Engines with a rhythm of their own bring it by themselves.
  private static void awaitFirstBlock(Chain chain) throws ServiceException {
    CountDownLatch block = new CountDownLatch(1);
    try (var _ = chain.subscribe(_ -> block.countDown())) {
      if (chain.head().height().value() == 0
          && !block.await(FIRST_BLOCK_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ServiceException("the engine made no block within " + FIRST_BLOCK_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException("interrupted while starting", e);
    }
  }

  private EngineListener listener() {
    return new EngineListener() {
      @Override
      public void halted(String why, Optional<Throwable> cause) {
        LOG.error("consensus halted: {}", why, cause.orElse(null));
        ports
            .onHalt()
            .accept(why + cause.map(Throwable::getMessage).map(each -> ": " + each).orElse(""));
      }

      @Override
      public void misbehaved(Misbehaviour misbehaviour) {
        LOG.warn("misbehaviour seen: {}", misbehaviour);
      }
    };
  }

  /// Control of the `dev` engine, once started; empty with any other.
  Optional<DevMethods> dev() {
    return Optional.ofNullable(dev);
  }

  /// What the operator votes for, once started; empty where the engine has no votes.
  Optional<SignerProposals> proposals() {
    return Optional.ofNullable(proposals);
  }

  @Override
  public void close() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }
}
