package org.bitcloud.market.provider;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcloud.contracts.storage.PriceList;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.market.Head;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.protocol.PriceDigest;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the price list on chain true and renewed, and the provider's funds at what was asked.
final class PriceDuty {
  private static final Logger LOG = LoggerFactory.getLogger(PriceDuty.class);

  /// A list is posted for so many blocks and renewed at half of them.
  private static final long VALID_BLOCKS = 100_000;

  /// Free space is posted again when it moved by this share of the capacity.
  private static final long FREE_SHARE = 10;

  private final StorageClient chain;
  private final TransactionSender sender;
  private final KeyPair key;
  private final Hash genesisHash;
  private final TermsPolicy policy;
  private final Amount funds;
  private final AtomicLong height = new AtomicLong();
  private volatile boolean funded;
  private final CompletableFuture<Boolean> posted = new CompletableFuture<>();
  private volatile @Nullable Place place;

  /// Where the provider is and how much it holds.
  record Place(Bytes endpoint, Bytes peerId, long capacitySectors) {}

  PriceDuty(
      StorageClient chain,
      TransactionSender sender,
      KeyPair key,
      Hash genesisHash,
      TermsPolicy policy,
      Amount funds) {
    this.chain = chain;
    this.sender = sender;
    this.key = key;
    this.genesisHash = genesisHash;
    this.policy = policy;
    this.funds = funds;
  }

  /// Says where the provider is; nothing is posted before.
  void settleAt(Place where) {
    place = where;
  }

  /// Deposits what is missing, once, and posts the list when the one on chain is not good enough.
  void run(Head head) throws LedgerException {
    height.set(head.height().value());
    @Nullable Place where = place;
    if (where == null) {
      return;
    }
    if (!funded) {
      fund();
      funded = true;
    }
    PriceList onChain = chain.priceList(key.address());
    if (mustPost(onChain, head, where)) {
      post(current(where, head.height().value() + VALID_BLOCKS));
    }
    boolean _ = posted.complete(true);
  }

  /// Whether funds and a list are on chain, so that renters can use this provider.
  boolean isPosted() {
    return posted.getNow(false);
  }

  /// Waits until [#isPosted].
  ///
  /// @return whether it is, within the time
  boolean awaitPosted(Duration patience) throws InterruptedException {
    try {
      return posted.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed so", e);
    }
  }

  /// Ends the waiting: it will not be posted any more.
  void giveUp() {
    boolean _ = posted.complete(false);
  }

  /// The list as it is at this moment, signed for a peer.
  ///
  /// @throws MarketException `BUSY` while the provider is starting
  Message quote() throws MarketException {
    @Nullable Place where = place;
    if (where == null) {
      throw new MarketException(MarketError.BUSY, "the provider is starting");
    }
    Address provider = key.address();
    PriceList prices = current(where, height.get() + VALID_BLOCKS / 2);
    return new Message.PriceQuote(
        provider, prices, key.sign(PriceDigest.of(genesisHash, provider, prices)));
  }

  private void fund() throws LedgerException {
    ProviderStatus status = chain.provider(key.address());
    Amount there = status.funds().plus(status.locked());
    Amount missing = funds.minusOrZero(there);
    if (!missing.isZero()) {
      TxReceipt _ =
          sender.send(StorageAbi.ADDRESS, missing, new StorageCall.Deposit().encode()).await();
      LOG.info("deposited {} drops as collateral", missing);
    }
  }

  private boolean mustPost(PriceList onChain, Head head, Place where) {
    PriceList now = current(where, onChain.expiryHeight());
    if (onChain.expiryHeight() < head.height().value() + VALID_BLOCKS / 2) {
      return true;
    }
    long moved = Math.abs(now.freeSectors() - onChain.freeSectors());
    boolean spaceMoved = moved * FREE_SHARE >= Math.max(1, now.capacitySectors());
    boolean runOut = now.freeSectors() == 0 && onChain.freeSectors() > 0;
    return spaceMoved || runOut || !withFree(now, onChain.freeSectors()).equals(onChain);
  }

  private void post(PriceList prices) throws LedgerException {
    TxReceipt _ =
        sender
            .send(StorageAbi.ADDRESS, Amount.ZERO, new StorageCall.PostPrices(prices).encode())
            .await();
    LOG.info(
        "posted prices: {} drops per sector and window, {} sectors free",
        prices.storage(),
        prices.freeSectors());
  }

  private PriceList current(Place where, long expiryHeight) {
    PriceOffer offer = policy.offer();
    return new PriceList(
        offer.storage(),
        offer.ingress(),
        offer.egress(),
        offer.collateral(),
        offer.shortestWindows(),
        offer.longestWindows(),
        where.capacitySectors(),
        policy.freeSectors(),
        where.endpoint(),
        where.peerId(),
        expiryHeight);
  }

  private static PriceList withFree(PriceList list, long freeSectors) {
    return new PriceList(
        list.storage(),
        list.ingress(),
        list.egress(),
        list.collateral(),
        list.shortestWindows(),
        list.longestWindows(),
        list.capacitySectors(),
        freeSectors,
        list.endpoint(),
        list.peerId(),
        list.expiryHeight());
  }
}
