package org.bitcloud.market;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.market.peer.PeerLimits;
import org.bitcloud.market.provider.ContractBook;
import org.bitcloud.market.provider.PriceOffer;
import org.bitcloud.market.provider.Provider;
import org.bitcloud.market.provider.ProviderLimits;
import org.bitcloud.market.provider.ProviderOptions;
import org.bitcloud.market.provider.ProviderPorts;
import org.bitcloud.market.reader.ObjectReader;
import org.bitcloud.market.reader.ReaderOptions;
import org.bitcloud.market.renter.Renter;
import org.bitcloud.market.renter.RenterOptions;
import org.bitcloud.market.renter.RenterPorts;
import org.bitcloud.market.sector.MemorySectorStore;
import org.bitcloud.market.sector.SectorStore;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.MemoryMedium;
import org.bitcloud.store.MemoryStore;
import org.bitcloud.testkit.FakeClock;
import org.bitcloud.testkit.Seeds;

/// A whole market in one process: a ledger with the real rules, providers, a renter, pipes.
public final class TestMarket implements AutoCloseable {
  /// Length of a window.
  public static final Duration WINDOW = Duration.ofSeconds(20);

  /// What providers ask for.
  public static final PriceOffer OFFER =
      new PriceOffer(Amount.of(20_000), Amount.ZERO, Amount.ZERO, Amount.of(60_000), 1, 1 << 20);

  private static final Amount WEALTH = Amount.CLOUDCOIN.times(1000);
  private static final PeerLimits PEERS =
      new PeerLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 4);
  private static final ReaderOptions READER =
      new ReaderOptions(PEERS, Duration.ofSeconds(2), Duration.ofSeconds(30), 16, 64 << 20, 2);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// The chain.
  public final TestLedger ledger;

  /// The network.
  public final PipeWire wire = new PipeWire();

  /// The clock of providers and renter.
  public final FakeClock clock = FakeClock.at(Instant.ofEpochMilli(1_000_000));

  /// What providers that start from now on bear.
  public ProviderLimits limits = ProviderLimits.DEFAULT;

  private final List<Node> nodes = new ArrayList<>();
  private final List<Runnable> opened = new ArrayList<>();

  /// A provider with what survives it.
  public static final class Node {
    /// Its account.
    public final KeyPair key;

    /// Its sectors.
    public SectorStore sectors;

    /// Its book's medium, which outlives a crash.
    public final MemoryMedium medium = new MemoryMedium();

    private KeyValueStore book;
    private Provider provider;

    private Node(KeyPair key, SectorStore sectors) {
      this.key = key;
      this.sectors = sectors;
    }

    /// The running provider.
    public Provider provider() {
      return provider;
    }
  }

  private TestMarket(TestLedger ledger) {
    this.ledger = ledger;
  }

  /// Starts a market with so many providers, all posted.
  public static TestMarket start(int providers) throws Exception {
    Map<Address, Amount> rich = new HashMap<>();
    rich.put(key("renter").address(), WEALTH);
    rich.put(key("settler").address(), WEALTH);
    for (int i = 0; i < Math.max(providers, 8); i++) {
      rich.put(key("provider-" + i).address(), WEALTH);
    }
    TestMarket market = new TestMarket(TestLedger.start(WINDOW, rich));
    for (int i = 0; i < providers; i++) {
      market.add(new MemorySectorStore(4096));
    }
    return market;
  }

  /// The key of a name.
  public static KeyPair key(String name) {
    return KeyPair.of(Sha256.hash(Bytes.ofUtf8(name)).bytes());
  }

  /// Adds one more provider and waits until it is posted.
  public Node add(SectorStore sectors) throws Exception {
    Node node = new Node(key("provider-" + nodes.size()), sectors);
    nodes.add(node);
    start(node);
    return node;
  }

  /// Starts a provider that was stopped or crashed, and waits until it is posted.
  public void start(Node node) throws Exception {
    node.book = MemoryStore.open(node.medium, ContractBook.columns());
    start(node, node.book);
    node.provider.awaitPosted(PATIENCE);
  }

  /// Restarts a provider over a store that may do what it wants with the sectors there.
  public OddSectors makeOdd(Node node) throws Exception {
    stop(node);
    OddSectors odd = new OddSectors(node.sectors);
    node.sectors = odd;
    start(node);
    return odd;
  }

  /// Starts a provider over a given book.
  public void start(Node node, KeyValueStore book) throws IOException, MarketException {
    node.provider =
        Provider.start(
            new ProviderPorts(
                ledger,
                wire,
                node.sectors,
                book,
                node.key,
                clock,
                Seeds.secureRandom(node.key.address().hashCode())),
            new ProviderOptions(
                Bytes.ofUtf8("provider-" + nodes.indexOf(node)),
                null,
                Bytes.EMPTY,
                OFFER,
                Amount.CLOUDCOIN,
                limits));
  }

  /// Stops a provider.
  public void stop(Node node) {
    node.provider.close();
    node.book.close();
  }

  /// The endpoint of a provider.
  public Bytes endpoint(int index) {
    return nodes.get(index).provider.endpoint();
  }

  /// A provider.
  public Node node(int index) {
    return nodes.get(index);
  }

  /// All providers.
  public List<Node> nodes() {
    return nodes;
  }

  /// A renter with its folder.
  public Renter renter(Path home) throws MarketException {
    return renter(home, "renter");
  }

  /// A renter with its folder and the account of a name.
  public Renter renter(Path home, String account) throws MarketException {
    Renter renter =
        Renter.open(
            home,
            new RenterPorts(ledger, wire, key(account), clock, Seeds.secureRandom(opened.size())),
            new RenterOptions(PEERS, READER, Collections.nCopies(4, Duration.ofMillis(1))));
    opened.add(renter::close);
    return renter;
  }

  /// A reader without any state of its own.
  public ObjectReader reader() {
    ObjectReader reader = ObjectReader.open(ledger, wire, clock, ReaderOptions.DEFAULT);
    opened.add(reader::close);
    return reader;
  }

  /// Opens the next window and waits until the named providers have done what it asks.
  public void nextWindow(List<Node> awaited) throws InterruptedException {
    WindowStatus window = ledger.nextWindow();
    for (Node node : awaited) {
      assertTrue(
          node.provider.awaitHandled(window.index(), PATIENCE),
          () -> "window " + window.index() + ": " + node.provider.report());
    }
  }

  /// Waits until something holds on chain.
  public void await(String what, HeadGate.Check<Boolean> check) throws LedgerException {
    try (HeadGate gate = new HeadGate(ledger)) {
      assertTrue(gate.await(check, PATIENCE).isPresent(), what);
    }
  }

  /// The clock as the ports take it.
  public Clock clock() {
    return clock;
  }

  @Override
  public void close() {
    opened.forEach(Runnable::run);
    for (Node node : nodes) {
      node.provider.close();
    }
    ledger.close();
  }
}
