package org.bitcloud.node.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.node.LedgerNode;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.SignedTransaction;

/// How fast JSON-RPC answers: balances, and transfers that are sent while blocks are sealed.
///
/// @param seconds how long each is measured, after a warm-up of as long
/// @param connections kept alive, one request under way on each
public record RpcBench(int seconds, int connections) {
  private static final int SENDERS = 10_000;
  private static final int TRANSFERS_A_SECOND = 15_000; // signed in advance: none lacks at the end
  private static final int RUNS = 2; // to warm up, and to measure
  private static final int BALANCES = 10_000;
  private static final long BLOCK_MILLIS = 200;
  private static final long MEMORY = 256L << 20;
  private static final long SEALED_WITHIN_SECONDS = 60;
  private static final long SECOND = 1_000_000_000L;
  private static final double PER = 100_000;

  /// What one kind of call reached.
  ///
  /// @param perSecond answers with a result
  /// @param p50Millis median latency
  /// @param p99Millis the latency that one call in a hundred exceeds
  /// @param cpuSecondsPer100k of this process: the client, and the node where it is in here
  public record Figures(
      double perSecond, double p50Millis, double p99Millis, double cpuSecondsPer100k) {}

  /// What was measured.
  ///
  /// @param balances `eth_getBalance` of random accounts
  /// @param sent `eth_sendRawTransaction`, empty where the node is another process
  public record Report(Figures balances, Optional<Sent> sent) {}

  /// What sending reached.
  ///
  /// @param figures of the calls
  /// @param accepted transfers that were answered with their hash
  /// @param blocks that hold them, every one of them
  public record Sent(Figures figures, int accepted, long blocks) {}

  /// Hears what is done next.
  @FunctionalInterface
  public interface Progress {
    /// A step begins.
    void step(String what, int done, int total);
  }

  /// Measures reads of a node that runs elsewhere.
  public Report ofNode(URI node, Progress progress) throws IOException {
    progress.step("balances", 0, 1);
    int port = node.getPort() < 0 ? 80 : node.getPort();
    InetAddress host = InetAddress.getAllByName(node.getHost())[0];
    InetSocketAddress address = new InetSocketAddress(host, port);
    SplittableRandom random = new SplittableRandom(BALANCES);
    List<Address> accounts = new ArrayList<>();
    for (int i = 0; i < BALANCES; i++) {
      byte[] account = new byte[Address.SIZE];
      random.nextBytes(account);
      accounts.add(new Address(Bytes.wrap(account)));
    }
    return new Report(balances(address, accounts), Optional.empty());
  }

  /// Measures a node of its own in this process, on an empty folder that goes afterwards.
  ///
  /// @param folder where the node's folder is made
  public Report ofOwnNode(Path folder, Progress progress)
      throws IOException, ServiceException, ConfigException, InterruptedException {
    progress.step("sign", 0, 3);
    SeededTransfers plan = new SeededTransfers(1, RUNS * seconds * TRANSFERS_A_SECOND, SENDERS);
    List<SignedTransaction> transfers = plan.next();
    try (ScratchFolder scratch = ScratchFolder.in(folder)) {
      LedgerNode node = node(plan, scratch.path());
      node.start();
      try {
        InetSocketAddress address =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), node.rpcPort());
        progress.step("balances", 1, 3);
        List<Address> funded = plan.allocations().stream().map(GenesisAllocation::address).toList();
        Figures balances = balances(address, funded);
        progress.step("transfers", 2, 3);
        return new Report(balances, Optional.of(send(address, node.access().chain(), transfers)));
      } finally {
        node.stop();
      }
    }
  }

  private static LedgerNode node(SeededTransfers plan, Path folder) throws ConfigException {
    Map<String, String> rhythm =
        Map.of("blockMillis", Long.toString(BLOCK_MILLIS), "windowMillis", "20000");
    return new LedgerNode(
        new LedgerNode.LedgerSettings(
            folder.resolve("db"),
            BenchGenesis.of(plan, new TreeMap<>(rhythm)),
            HttpSettings.loopback(0),
            MEMORY),
        new LedgerNode.Ports(
            Optional.of(BenchGenesis.VALIDATOR),
            InstantSource.system(),
            new SecureRandom(),
            _ -> {})); // whoever halts puts no transfer in a block, which shows
  }

  private Figures balances(InetSocketAddress address, List<Address> accounts) throws IOException {
    List<byte[]> calls =
        accounts.stream()
            .map(
                account ->
                    RpcRequests.call(
                        host(address),
                        "eth_getBalance",
                        "[\"%s\",\"latest\"]".formatted(account.bytes().toHex())))
            .toList();
    List<RpcRequests> sources = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      SplittableRandom random = new SplittableRandom(i);
      sources.add(() -> calls.get(random.nextInt(calls.size())));
    }
    RpcLoad.Result _ = new RpcLoad(address).run(sources, seconds * SECOND);
    Stopwatch watch = Stopwatch.start();
    RpcLoad.Result result = new RpcLoad(address).run(sources, seconds * SECOND);
    return figures(result, watch.stop());
  }

  private Sent send(InetSocketAddress address, Chain chain, List<SignedTransaction> transfers)
      throws IOException, InterruptedException {
    List<Outbox> outboxes = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      outboxes.add(new Outbox(host(address)));
    }
    for (SignedTransaction each : transfers) { // one sender's on one connection: in order of nonce
      int sender = String.valueOf(each.senderIfKnown()).hashCode();
      outboxes.get(Math.floorMod(sender, connections)).add(each);
    }
    Semaphore sealed = new Semaphore(0);
    long first = chain.head().height().value();
    try (var _ =
        chain.subscribe(block -> sealed.release(block.block().body().transactions().size()))) {
      RpcLoad.Result _ = new RpcLoad(address).run(outboxes, seconds * SECOND);
      Stopwatch watch = Stopwatch.start();
      RpcLoad.Result result = new RpcLoad(address).run(outboxes, seconds * SECOND);
      Stopwatch.Time time = watch.stop();
      List<SignedTransaction> accepted =
          outboxes.stream().flatMap(outbox -> outbox.accepted.stream()).toList();
      boolean all =
          sealed.tryAcquire(accepted.size(), SEALED_WITHIN_SECONDS, TimeUnit.SECONDS)
              && accepted.stream().allMatch(each -> chain.transaction(each.hash()).isPresent());
      if (!all) {
        throw new IOException(
            "not every transfer that was accepted is in a block %d s later"
                .formatted(SEALED_WITHIN_SECONDS));
      }
      return new Sent(
          figures(result, time), accepted.size(), chain.head().height().value() - first);
    }
  }

  private static String host(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private static Figures figures(RpcLoad.Result result, Stopwatch.Time time) throws IOException {
    String refusal = result.refusal();
    if (refusal != null) {
      throw new IOException(
          "%d of %d calls were refused, such as: %s"
              .formatted(result.refused(), result.refused() + result.answers(), refusal));
    }
    return new Figures(
        result.answers() / result.seconds(),
        result.p50Micros() / 1e3,
        result.p99Micros() / 1e3,
        time.cpuSeconds() * PER / Math.max(1, result.answers()));
  }
}
