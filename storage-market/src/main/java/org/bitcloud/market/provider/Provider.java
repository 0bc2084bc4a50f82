package org.bitcloud.market.provider;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.Listening;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.NetworkInfo;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.StorageDigests;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running provider: it serves sessions, posts its prices, proves every window and is paid.
///
/// All its memory is on disk: after a crash at any moment a new one with the same ports goes on.
/// Safe for any number of threads.
public final class Provider implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

  private final ProviderPorts ports;
  private final StorageClient chain;
  private final HeadGate heads;
  private final TransactionSender sender;
  private final ContractBook book;
  private final SectorKeeper keeper;
  private final TermsPolicy policy;
  private final DamageLog damage = new DamageLog();
  private final PriceDuty prices;
  private final ProofDuty proofs;
  private final SessionServer server;
  private final List<DutyLoop> loops;
  private final Listening listening;
  private final Bytes endpoint;
  private volatile String failure = "";

  private Provider(ProviderPorts ports, ProviderOptions options, NetworkInfo network)
      throws IOException {
    this.ports = ports;
    chain = new StorageClient(ports.ledger());
    heads = new HeadGate(ports.ledger());
    sender = new TransactionSender(ports.ledger(), heads, ports.key());
    book = ContractBook.open(ports.book());
    keeper = new SectorKeeper(ports.sectors(), ports.clock(), options.limits().grace());
    keeper.load(book.entries());
    long capacity = ports.sectors().capacitySectors();
    policy = new TermsPolicy(chain, address(), book, capacity, options.offer());
    prices =
        new PriceDuty(chain, sender, ports.key(), network.genesisHash(), policy, options.funds());
    proofs =
        new ProofDuty(
            chain,
            sender,
            new ProofBuilder(chain, book, ports.sectors(), damage),
            new ContractRefresh(chain, book, keeper),
            address());
    RevisionDuty revisions = new RevisionDuty(chain, sender, book);
    server = server(network, options.limits());
    listening =
        ports.wire().listen(options.listen(), session -> server.serve(session, this::failed));
    @Nullable Bytes advertised = options.advertised();
    endpoint = advertised == null ? listening.endpoint() : advertised;
    prices.settleAt(new PriceDuty.Place(endpoint, options.peerId(), capacity));
    loops =
        List.of(
            new DutyLoop("prices", heads, prices::run, this::failed),
            new DutyLoop("proofs", heads, proofs::run, this::failed),
            new DutyLoop("revisions", heads, revisions::run, this::failed));
  }

  /// Starts a provider: it listens on return; prices and collateral follow as blocks are made.
  ///
  /// @throws IOException when the endpoint cannot be bound
  /// @throws MarketException `LEDGER_UNAVAILABLE` when the chain does not answer
  public static Provider start(ProviderPorts ports, ProviderOptions options)
      throws IOException, MarketException {
    NetworkInfo network;
    try {
      network = ports.ledger().network();
    } catch (LedgerException e) {
      throw ledgerFailed(e);
    }
    Provider provider = new Provider(ports, options, network);
    provider.loops.forEach(DutyLoop::start);
    return provider;
  }

  /// Waits until funds and prices are on chain, so that a `put` can use this provider.
  ///
  /// @throws MarketException `TIMEOUT` when they are not in time, `STORAGE_FAILED` when the
  ///   provider stopped
  public void awaitPosted(Duration patience) throws MarketException {
    try {
      boolean posted = prices.awaitPosted(patience);
      if (!failure.isEmpty()) {
        throw new MarketException(MarketError.STORAGE_FAILED, failure);
      }
      if (!posted) {
        throw new MarketException(
            MarketError.TIMEOUT, "the price list of " + address() + " is not on chain yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MarketException(MarketError.TIMEOUT, "interrupted", e);
    }
  }

  /// Waits until the provider has done all that a window asks of it: proofs, settling, clearing up.
  ///
  /// @return whether it has, within the time
  public boolean awaitHandled(long window, Duration patience) throws InterruptedException {
    return proofs.awaitHandled(window, patience);
  }

  /// The account of the provider.
  public Address address() {
    return ports.key().address();
  }

  /// The multiaddr that renters dial, as posted on chain.
  public Bytes endpoint() {
    return endpoint;
  }

  /// Changes the prices; they are posted at the next block and bind new contracts at once.
  public void offer(PriceOffer offer) {
    policy.offer(offer);
  }

  /// Adds coins of the account to the funds at the corporation.
  ///
  /// @throws MarketException `TRANSACTION_FAILED` or `LEDGER_UNAVAILABLE`
  public TxReceipt deposit(Amount amount) throws MarketException {
    return send(amount, new StorageCall.Deposit());
  }

  /// Takes free funds at the corporation back to the account.
  ///
  /// @throws MarketException `TRANSACTION_FAILED` or `LEDGER_UNAVAILABLE`
  public TxReceipt withdraw(Amount amount) throws MarketException {
    return send(Amount.ZERO, new StorageCall.Withdraw(amount));
  }

  /// Says how the provider stands now.
  public ProviderReport report() {
    ProofDuty.Progress progress = proofs.progress();
    long capacity = ports.sectors().capacitySectors();
    return new ProviderReport(
        address(),
        endpoint,
        policy.offer(),
        prices.isPosted(),
        new ProviderReport.Space(
            capacity,
            capacity - policy.freeSectors(),
            ports.sectors().usedSectors(),
            keeper.waiting()),
        book.entries().size(),
        book.manifestCount(),
        server.sessions(),
        new ProviderReport.Proofs(
            progress.windows(), progress.lastProven(), progress.lastLeaves(), progress.problem()),
        damage.sectors(),
        books(),
        failure);
  }

  /// Stops: sessions are reset, duties end, nothing that was acknowledged is lost.
  @Override
  public void close() {
    listening.close();
    heads.close();
    loops.forEach(DutyLoop::close);
  }

  private SessionServer server(NetworkInfo network, ProviderLimits limits) {
    ContractDesk contracts =
        new ContractDesk(chain, new StorageDigests(network), ports.key(), book, keeper, policy);
    RequestDesk desk =
        new RequestDesk(
            contracts,
            book,
            ports.sectors(),
            keeper,
            prices,
            new ByteRate(limits.readBytesPerSecond(), ports.clock()),
            damage);
    return new SessionServer(
        network.genesisHash(),
        address(),
        ports.random(),
        limits,
        desk,
        new SessionServer.Intakes(contracts, ports.sectors(), keeper));
  }

  private @Nullable ProviderStatus books() {
    try {
      return chain.provider(address());
    } catch (LedgerException e) {
      LOG.debug("no books from the chain: {}", e.getMessage());
      return null;
    }
  }

  private TxReceipt send(Amount value, StorageCall call) throws MarketException {
    try {
      return sender.send(StorageAbi.ADDRESS, value, call.encode()).await();
    } catch (LedgerException e) {
      throw ledgerFailed(e);
    }
  }

  // What is in memory may differ from what is on disk now, so nothing may be signed any more.
  private void failed(String what, RuntimeException cause) {
    LOG.error("the provider stops: {} failed", what, cause);
    failure = what + " failed: " + cause.getMessage();
    prices.giveUp();
    proofs.giveUp();
    listening.close();
  }

  private static MarketException ledgerFailed(LedgerException e) {
    MarketError error =
        e.retryable() ? MarketError.LEDGER_UNAVAILABLE : MarketError.TRANSACTION_FAILED;
    return new MarketException(error, String.valueOf(e.getMessage()), e);
  }
}
