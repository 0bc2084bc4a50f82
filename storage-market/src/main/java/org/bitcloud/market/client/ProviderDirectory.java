package org.bitcloud.market.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.storage.PriceList;
import org.bitcloud.market.LedgerException;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;

/// The providers on chain with their price lists, read again when they are older than allowed.
///
/// A list that could not be renewed is used on. Safe for any number of threads.
public final class ProviderDirectory {
  private final StorageClient chain;
  private final InstantSource clock;
  private final Duration ageMax;
  private List<PostedPrices> providers = List.of();
  private Instant readAt = Instant.MIN;

  /// A directory that has read nothing yet.
  public ProviderDirectory(StorageClient chain, InstantSource clock, Duration ageMax) {
    this.chain = chain;
    this.clock = clock;
    this.ageMax = ageMax;
  }

  /// The providers with an endpoint on chain, expired price lists among them: those may still hold
  /// sectors.
  ///
  /// @throws LedgerException when the chain was never read and cannot be
  public synchronized List<PostedPrices> all() throws LedgerException {
    if (readAt.equals(Instant.MIN) || readAt.plus(ageMax).isBefore(clock.instant())) {
      try {
        providers = read();
        readAt = clock.instant();
      } catch (LedgerException e) {
        if (readAt.equals(Instant.MIN)) {
          throw e;
        }
      }
    }
    return providers;
  }

  /// The endpoint of a provider; empty when it has none or the chain cannot be read.
  public Optional<Bytes> endpoint(Address provider) {
    try {
      return all().stream()
          .filter(posted -> posted.provider().equals(provider))
          .map(posted -> posted.prices().endpoint())
          .findFirst();
    } catch (LedgerException e) {
      return Optional.empty();
    }
  }

  /// Lets the next question read the chain again.
  public synchronized void expire() {
    readAt = readAt.equals(Instant.MIN) ? Instant.MIN : Instant.EPOCH;
  }

  private List<PostedPrices> read() throws LedgerException {
    List<PostedPrices> posted = new ArrayList<>();
    for (Address provider : chain.providers()) {
      PriceList prices = chain.priceList(provider);
      if (!prices.endpoint().isEmpty()) {
        posted.add(new PostedPrices(provider, prices));
      }
    }
    return List.copyOf(posted);
  }
}
