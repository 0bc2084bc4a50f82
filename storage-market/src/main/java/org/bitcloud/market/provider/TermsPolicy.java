package org.bitcloud.market.provider;

import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.market.Head;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;

/// Which terms the provider signs: within its offer, and only for space and collateral that no
/// other contract counts on. Safe for any number of threads.
final class TermsPolicy {
  /// Terms must be formed within so many blocks, since they hold space and collateral until then.
  static final long EXPIRY_BLOCKS_MAX = 5_000;

  private final StorageClient chain;
  private final Address provider;
  private final ContractBook book;
  private final long capacitySectors;
  private volatile PriceOffer offer;

  TermsPolicy(
      StorageClient chain,
      Address provider,
      ContractBook book,
      long capacitySectors,
      PriceOffer offer) {
    this.chain = chain;
    this.provider = provider;
    this.book = book;
    this.capacitySectors = capacitySectors;
    this.offer = offer;
  }

  PriceOffer offer() {
    return offer;
  }

  void offer(PriceOffer changed) {
    offer = changed;
  }

  /// Sectors that no contract counts on.
  long freeSectors() {
    long committed = 0;
    for (ContractEntry entry : book.entries()) {
      if (entry.state != ContractEntry.State.ENDED) {
        committed += entry.terms.maxSectors();
      }
    }
    return Math.max(0, capacitySectors - committed);
  }

  /// Runs an action, which writes the terms down, if they are acceptable.
  ///
  /// @throws MarketException `TERMS_REFUSED`, `NO_SPACE`, `NO_COLLATERAL` or `LEDGER_BEHIND`
  synchronized void accept(StorageTerms terms, Runnable action) throws MarketException {
    checkOffer(terms, offer);
    long free = freeSectors();
    if (terms.maxSectors() > free) {
      throw new MarketException(
          MarketError.NO_SPACE, terms.maxSectors() + " sectors asked for, " + free + " free");
    }
    try {
      checkTime(terms, chain.ledger().head(), chain.window());
      checkCollateral(terms, chain.provider(provider).funds());
    } catch (LedgerException e) {
      throw new MarketException(
          MarketError.LEDGER_BEHIND, "the provider cannot read the chain: " + e.getMessage(), e);
    }
    action.run();
  }

  private static void checkOffer(StorageTerms terms, PriceOffer offer) throws MarketException {
    if (terms.price().compareTo(offer.storage()) < 0) {
      throw refused("the price is " + offer.storage() + ", not " + terms.price());
    }
    if (terms.collateral().compareTo(offer.collateral()) > 0) {
      throw refused("the collateral is " + offer.collateral() + ", not " + terms.collateral());
    }
    if (terms.maxSectors() < 1) {
      throw refused("a contract has at least one sector");
    }
    if (terms.endWindow() <= terms.startWindow()
        || terms.windows() < offer.shortestWindows()
        || terms.windows() > offer.longestWindows()) {
      throw refused(
          "the term is " + offer.shortestWindows() + " to " + offer.longestWindows() + " windows");
    }
  }

  private static void checkTime(StorageTerms terms, Head head, WindowStatus window)
      throws MarketException {
    long start = terms.startWindow();
    if (start != window.index() && start != window.index() + 1) {
      throw refused("window " + window.index() + " is open, not " + start);
    }
    long height = head.height().value();
    if (terms.expiryHeight() <= height || terms.expiryHeight() > height + EXPIRY_BLOCKS_MAX) {
      throw refused(
          "the terms must expire in 1 to " + EXPIRY_BLOCKS_MAX + " blocks from " + height);
    }
  }

  private void checkCollateral(StorageTerms terms, Amount funds) throws MarketException {
    Amount promised = Amount.ZERO;
    for (ContractEntry entry : book.entries()) {
      if (entry.state == ContractEntry.State.PROPOSED) {
        promised = promised.plus(entry.terms.totalCollateral());
      }
    }
    if (promised.plus(terms.totalCollateral()).compareTo(funds) > 0) {
      throw new MarketException(
          MarketError.NO_COLLATERAL,
          terms.totalCollateral()
              + " drops of collateral asked for, "
              + funds
              + " free, of which "
              + promised
              + " are promised");
    }
  }

  private static MarketException refused(String why) {
    return new MarketException(MarketError.TERMS_REFUSED, why);
  }
}
