package org.bitcloud.node;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.pool.AttestationPool;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.PoolJournal;
import org.bitcloud.chain.pool.PoolLimits;
import org.bitcloud.consensus.EngineConfigException;
import org.bitcloud.consensus.ledger.ChainLedger;
import org.bitcloud.consensus.ledger.LedgerPort;
import org.bitcloud.node.adapter.DirectLedger;
import org.bitcloud.node.devnet.DevnetKeys;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.node.metrics.NodeMetrics;
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
  private final LedgerSettings settings;
  private final Ports ports;
  private final Deque<Runnable> closers = new ArrayDeque<>();
  private final Readiness readiness = new Readiness();
  private @Nullable RpcServer rpc;
  private @Nullable ChainAccess access;
  private @Nullable Mempool pool;
  private Optional<BlockProduction> production = Optional.empty();

  /// How a ledger node runs.
  ///
  /// @param database folder of the chain's database
  /// @param genesis the network
  /// @param rpc where JSON-RPC listens
  /// @param memoryBytes memory for the database's caches
  /// @param minerThreads threads that look for nonces, where the engine asks for work
  /// @param poolJournal whether pending transactions are kept across restarts, beside the database
  /// @param metrics whether `/metrics` is served beside JSON-RPC
  /// @param history how much of the past is kept
  public record LedgerSettings(
      Path database,
      Genesis genesis,
      HttpSettings rpc,
      long memoryBytes,
      int minerThreads,
      boolean poolJournal,
      boolean metrics,
      History history) {
    /// With one thread for work, a journal and metrics, and the usual past.
    public LedgerSettings(Path database, Genesis genesis, HttpSettings rpc, long memoryBytes) {
      this(database, genesis, rpc, memoryBytes, 1, true, true, new History.Usual());
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
            settings.database(),
            settings.genesis(),
            ports.key(),
            settings.memoryBytes(),
            settings.history());
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
    production = produce(opened, waiting, metrics.map(each -> each.timed(ledger)).orElse(ledger));
    RpcServer server =
        RpcServer.start(
            settings.rpc(),
            new RpcServer.Ports(
                opened.chain(),
                waiting,
                attestations,
                ports.clock(),
                ports.random(),
                production.flatMap(BlockProduction::dev),
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

  private Optional<BlockProduction> produce(ChainAccess opened, Mempool waiting, LedgerPort ledger)
      throws ServiceException {
    if (ports.key().isEmpty()) {
      return Optional.empty();
    }
    BlockProduction started =
        new BlockProduction(
            opened,
            waiting,
            new BlockProduction.Ports(
                ports.key().get(),
                ledger,
                ports.clock(),
                settings.minerThreads(),
                settings.database().resolveSibling("proposals.json"),
                this::halt));
    closers.push(started::close);
    started.start();
    return Optional.of(started);
  }

  private void halt(String why) {
    readiness.lost("consensus halted: " + why);
    ports.onHalt().accept(why);
  }

  /// What the operator votes for, once started; empty where the engine has no votes or this node
  /// does not sign.
  public Optional<SignerProposals> proposals() {
    return production.flatMap(BlockProduction::proposals);
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
