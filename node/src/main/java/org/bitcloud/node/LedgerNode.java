package org.bitcloud.node;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.pool.AttestationPool;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.PoolJournal;
import org.bitcloud.chain.pool.PoolLimits;
import org.bitcloud.consensus.EngineConfigException;
import org.bitcloud.consensus.dev.DevControl;
import org.bitcloud.consensus.dev.DevEngineProvider;
import org.bitcloud.consensus.ledger.ChainLedger;
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
import org.bitcloud.node.devnet.DevnetKeys;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.node.metrics.NodeMetrics;
import org.bitcloud.node.rpc.DevMethods;
import org.bitcloud.node.rpc.RpcObserver;
import org.bitcloud.node.rpc.RpcServer;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Secp256k1;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node that keeps the chain: store, chain, pool, engine, settler and JSON-RPC.
///
/// With a key of the validator set it produces blocks. Parts are opened in the order of [#start]
/// and closed in reverse.
public final class LedgerNode implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerNode.class);

  private static final Duration FIRST_BLOCK_MAX = Duration.ofMinutes(5);

  private final LedgerSettings settings;
  private final Ports ports;
  private final Deque<Runnable> closers = new ArrayDeque<>();
  private final Readiness readiness = new Readiness();
  private @Nullable RpcServer rpc;
  private @Nullable ChainAccess access;
  private @Nullable Mempool pool;
  private @Nullable SignerProposals proposals;

  /// How a ledger node runs.
  ///
  /// @param database folder of the chain's database
  /// @param genesis the network
  /// @param rpc where JSON-RPC listens
  /// @param memoryBytes memory for the database's caches
  /// @param minerThreads threads that look for nonces, where the engine asks for work
  /// @param poolJournal whether pending transactions are kept across restarts, beside the database
  /// @param metrics whether `/metrics` is served beside JSON-RPC
  public record LedgerSettings(
      Path database,
      Genesis genesis,
      HttpSettings rpc,
      long memoryBytes,
      int minerThreads,
      boolean poolJournal,
      boolean metrics) {
    /// With one thread for work, a journal and metrics.
    public LedgerSettings(Path database, Genesis genesis, HttpSettings rpc, long memoryBytes) {
      this(database, genesis, rpc, memoryBytes, 1, true, true);
    }
  }

  /// What a ledger node takes from outside.
  ///
  /// @param key the validator's key, empty for a node that only follows
  /// @param clock wall time
  /// @param random for ids
  /// @param onHalt called once where the engine halts: the process must stop
  public record Ports(
      Optional<KeyPair> key, InstantSource clock, SecureRandom random, Consumer<String> onHalt) {}

  /// A node that is not started yet.
  public LedgerNode(LedgerSettings settings, Ports ports) {
    this.settings = settings;
    this.ports = ports;
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public void start() throws ServiceException {
    try {
      open();
    } catch (ServiceException e) {
      stop();
      throw e;
    } catch (EngineConfigException e) {
      stop();
      throw new ServiceException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      stop();
      throw new ServiceException(
          e.getMessage() + " (choose another --rpc-port, or 0 for a free one)", e);
    }
  }

  private void open() throws ServiceException, IOException {
    DevnetKeys.guard(settings.genesis(), settings.rpc().host());
    ChainAccess opened =
        ChainAccess.open(
            settings.database(), settings.genesis(), ports.key(), settings.memoryBytes());
    closers.push(opened::close);
    access = opened;
    Mempool waiting = Mempool.open(opened.chain(), PoolLimits.DEFAULT);
    closers.push(waiting::close);
    this.pool = waiting;
    AttestationPool attestations = AttestationPool.open(opened.chain());
    closers.push(attestations::close);
    opened.chain().useKnown(waiting);
    opened.chain().useKnownAttestations(attestations);
    Optional<NodeMetrics> metrics = watch(opened.chain(), waiting);
    LedgerPort ledger = new ChainLedger(opened.chain(), waiting, attestations, ports.clock());
    Optional<DevMethods> dev =
        produce(opened, waiting, metrics.map(each -> each.timed(ledger)).orElse(ledger));
    RpcServer server =
        RpcServer.start(
            settings.rpc(),
            new RpcServer.Ports(
                opened.chain(),
                waiting,
                attestations,
                ports.clock(),
                ports.random(),
                dev,
                DevnetKeys.barred(settings.genesis().chainId(), settings.rpc().host())),
            metrics.map(NodeMetrics::rpc).orElse(RpcObserver.NONE),
            Stream.concat(Stream.of(readiness.route()), metrics.map(NodeMetrics::route).stream())
                .toList());
    closers.push(server::close);
    rpc = server;
    if (settings.poolJournal()) { // reads in the background what blocks may hold from now on
      Path file = settings.database().resolveSibling("pool.journal");
      PoolJournal journal = PoolJournal.open(waiting, file);
      closers.push(journal::close);
    }
    readiness.ready();
    LOG.info(
        "chain {} at height {}, JSON-RPC on port {}, signatures by {}",
        settings.genesis().chainId(),
        opened.chain().head().height().value(),
        server.port(),
        Secp256k1.get().name());
  }

  private Optional<NodeMetrics> watch(Chain chain, Mempool waiting) {
    if (!settings.metrics()) {
      return Optional.empty();
    }
    NodeMetrics metrics = NodeMetrics.of(chain, waiting, settings.database(), ports.clock());
    closers.push(metrics::close);
    return Optional.of(metrics);
  }

  private Optional<DevMethods> produce(ChainAccess opened, Mempool waiting, LedgerPort ledger)
      throws ServiceException {
    if (ports.key().isEmpty()) {
      return Optional.empty();
    }
    KeyPair key = ports.key().get();
    Miner miner = new Miner(settings.minerThreads());
    closers.push(miner::close);
    EngineRuntime runtime =
        EngineRuntime.start(
            opened.engine(),
            opened.validators(),
            new RuntimePorts(
                ledger,
                new HeaderSigner(key),
                Broadcast.ALONE,
                CommittedLine.of(opened.engine().descriptor(), opened.chain()),
                miner,
                Runnable::run,
                ports.clock()),
            listener());
    closers.push(runtime::close);
    var pending = waiting.subscribe(_ -> runtime.transactionsPending());
    closers.push(pending::close);
    var direct = new DirectLedger(opened.chain(), waiting, ports.clock());
    closers.push(direct::close);
    Optional<DevMethods> dev = Optional.empty();
    if (opened.engine().descriptor().id().equals(DevEngineProvider.ID)) {
      DevControl control = new DevControl(runtime);
      if (opened.chain().head().height().value() == 0) {
        openFirstWindow(control);
      }
      dev = Optional.of(new DevMethods(control));
    } else {
      awaitFirstBlock(opened.chain());
    }
    if (opened.engine().descriptor().id().equals(PoaEngineProvider.ID)) {
      SignerProposals kept =
          SignerProposals.open(
              settings.database().resolveSibling("proposals.json"),
              new SignerControl(runtime),
              opened.chain(),
              opened.validators());
      closers.push(kept::close);
      proposals = kept;
    }
    Settler settler = Settler.start(direct, key);
    closers.push(settler::close);
    return dev;
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
        readiness.lost("consensus halted: " + why);
        ports.onHalt().accept(why);
      }

      @Override
      public void misbehaved(Misbehaviour misbehaviour) {
        LOG.warn("misbehaviour seen: {}", misbehaviour);
      }
    };
  }

  /// What the operator votes for, once started; empty where the engine has no votes or this node
  /// does not sign.
  public Optional<SignerProposals> proposals() {
    return Optional.ofNullable(proposals);
  }

  @Override
  public void stop() {
    readiness.lost("the node is stopping");
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }

  /// The port of JSON-RPC, once started.
  public int rpcPort() {
    return started(rpc).port();
  }

  /// The names of the JSON-RPC methods that it answers, once started.
  public Set<String> rpcMethods() {
    return started(rpc).methods();
  }

  /// The chain with its verifier, once started.
  public ChainAccess access() {
    return started(access);
  }

  /// A ledger for parts in the same process; close it before the node stops.
  public DirectLedger directLedger() {
    return new DirectLedger(access().chain(), started(pool), ports.clock());
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("node is not started");
    }
    return part;
  }
}
