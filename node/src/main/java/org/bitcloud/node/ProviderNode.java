package org.bitcloud.node;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.provider.ContractBook;
import org.bitcloud.market.provider.Provider;
import org.bitcloud.market.provider.ProviderLimits;
import org.bitcloud.market.provider.ProviderOptions;
import org.bitcloud.market.provider.ProviderPorts;
import org.bitcloud.market.sector.DiskSectorStore;
import org.bitcloud.market.sector.SectorStore;
import org.bitcloud.market.sector.SectorStoreException;
import org.bitcloud.node.adapter.TcpWire;
import org.bitcloud.p2p.ConnectionLimits;
import org.bitcloud.p2p.Multiaddr;
import org.bitcloud.p2p.PeerId;
import org.bitcloud.p2p.TcpTransport;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.RocksDbStore;
import org.bitcloud.store.StoreException;
import org.bitcloud.store.StoreOptions;
import org.jspecify.annotations.Nullable;

/// A provider of storage: sectors and contracts on disk, sessions on TCP, proofs to the chain.
public final class ProviderNode implements Service {
  private static final Duration POST_PATIENCE = Duration.ofSeconds(60);
  private static final long BOOK_MEMORY = 8L * 1024 * 1024;

  private final ProviderSettings settings;
  private final Ports ports;
  private final Deque<Runnable> closers = new ArrayDeque<>();
  private @Nullable Provider provider;
  private @Nullable TcpTransport transport;

  /// How a provider runs.
  ///
  /// @param directory where sectors and contracts are
  /// @param listen multiaddr to listen on; port 0 picks a free one
  /// @param advertised multiaddr to post on chain; null for the one it listens on
  /// @param prices what it asks for
  /// @param capacitySectors sectors of 4 MiB that it offers to hold
  /// @param funds drops kept at the corporation as collateral
  public record ProviderSettings(
      Path directory,
      Multiaddr listen,
      @Nullable Multiaddr advertised,
      ProviderPrices prices,
      long capacitySectors,
      Amount funds) {}

  /// What a provider takes from outside.
  ///
  /// @param ledger the chain
  /// @param key its account
  /// @param clock wall time
  /// @param random for challenges
  public record Ports(LedgerSource ledger, KeyPair key, InstantSource clock, SecureRandom random) {}

  /// A provider that is not started yet.
  public ProviderNode(ProviderSettings settings, Ports ports) {
    this.settings = settings;
    this.ports = ports;
  }

  @Override
  public String name() {
    return "provider";
  }

  /// Returns once prices and collateral are on chain: a `put` can use this provider.
  @Override
  public void start() throws ServiceException {
    try {
      open();
    } catch (StoreException | SectorStoreException e) {
      stop();
      throw new ServiceException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      stop();
      throw new ServiceException(
          "provider cannot listen on %s: %s (choose another --listen)"
              .formatted(settings.listen(), e.getMessage()),
          e);
    } catch (MarketException | LedgerException e) {
      stop();
      throw new ServiceException("provider: " + e.getMessage(), e);
    }
  }

  private void open() throws IOException, MarketException, LedgerException {
    SectorStore sectors =
        DiskSectorStore.open(settings.directory().resolve("sectors"), settings.capacitySectors());
    closers.push(sectors::close);
    KeyValueStore book =
        RocksDbStore.open(
            settings.directory().resolve("book"),
            ContractBook.columns(),
            StoreOptions.forMemory(BOOK_MEMORY));
    closers.push(book::close);
    Ledger ledger = ports.ledger().open();
    closers.push(ledger::close);
    long windowMillis = new StorageClient(ledger).tariff().windowMillis();
    TcpTransport opened = new TcpTransport(ConnectionLimits.DEFAULT);
    closers.push(opened::close);
    transport = opened;
    Multiaddr advertised = settings.advertised();
    Provider started =
        Provider.start(
            new ProviderPorts(
                ledger,
                new TcpWire(opened),
                sectors,
                book,
                ports.key(),
                ports.clock(),
                ports.random()),
            new ProviderOptions(
                settings.listen().bytes(),
                advertised == null ? null : advertised.bytes(),
                PeerId.of(ports.key()).bytes(),
                settings.prices().offer(windowMillis),
                settings.funds(),
                ProviderLimits.DEFAULT));
    closers.push(started::close);
    provider = started;
    started.awaitPosted(POST_PATIENCE);
  }

  @Override
  public void stop() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }

  /// Cuts every connection first, as a process that dies would, and stops.
  public void abort() {
    TcpTransport open = transport;
    if (open != null) {
      open.close();
    }
    stop();
  }

  /// The provider, once started.
  public Provider provider() {
    Provider started = provider;
    if (started == null) {
      throw new IllegalStateException("provider is not started");
    }
    return started;
  }

  /// Where it listens, as a multiaddr in text, once started.
  public String endpoint() {
    return text(provider().endpoint());
  }

  private static String text(Bytes endpoint) {
    try {
      return Multiaddr.decode(endpoint).toString();
    } catch (org.bitcloud.primitives.MalformedException e) {
      throw new IllegalStateException("own endpoint is no multiaddr", e);
    }
  }
}
