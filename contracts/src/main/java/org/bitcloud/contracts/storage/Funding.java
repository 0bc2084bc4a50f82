package org.bitcloud.contracts.storage;

import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;

/// What a provider does for itself: offer, deposit, withdraw.
record Funding(Session session) {
  void postPrices(PriceList prices) throws Revert {
    checkPrices(prices.storage(), prices.collateral());
    StorageRule.TERM_RANGE.require(
        prices.shortestWindows() >= 1
            && prices.shortestWindows() <= prices.longestWindows()
            && prices.longestWindows() <= StorageParameters.TERM_WINDOWS_MAX);
    StorageRule.FREE_SPACE.require(prices.freeSectors() <= prices.capacitySectors());
    StorageRule.ENDPOINT_SIZE.require(
        !prices.endpoint().isEmpty()
            && prices.endpoint().size() <= StorageParameters.ENDPOINT_BYTES_MAX);
    StorageRule.PEER_ID_SIZE.require(prices.peerId().size() <= StorageParameters.PEER_ID_BYTES_MAX);
    StorageRule.PRICES_EXPIRED.require(prices.expiryHeight() >= session.context().block().height());

    Address caller = session.context().caller();
    if (session.entries().provider(caller).isEmpty()) {
      session.entries().set(found(caller));
    }
    session.entries().setPriceList(caller, prices);
    session.emit(
        new StorageEvent.PricesPosted(
            caller,
            prices.storage(),
            prices.collateral(),
            prices.freeSectors(),
            prices.expiryHeight()));
  }

  static void checkPrices(Amount price, Amount collateral) throws Revert {
    StorageRule.PRICE_MULTIPLE.require(
        !price.isZero() && isMultiple(price, StorageParameters.DRAWS));
    StorageRule.COLLATERAL_MULTIPLE.require(
        isMultiple(collateral, StorageParameters.COLLATERAL_SHARES));
  }

  private static boolean isMultiple(Amount amount, long of) {
    return amount.dividedBy(of).times(of).equals(amount);
  }

  void deposit() throws Revert {
    Amount amount = session.context().value();
    StorageRule.AMOUNT_ZERO.require(!amount.isZero());
    Address caller = session.context().caller();
    ProviderState provider = session.entries().provider(caller).orElseGet(() -> found(caller));
    provider.funds = provider.funds.plus(amount);
    session.entries().set(provider);
    session.emit(new StorageEvent.Deposited(caller, amount, provider.funds));
  }

  void withdraw(Amount amount) throws Revert {
    StorageRule.AMOUNT_ZERO.require(!amount.isZero());
    Address caller = session.context().caller();
    ProviderState provider = session.settled(caller);
    provider.funds =
        provider.funds.minusChecked(amount).orElseThrow(StorageRule.FUNDS_TOO_LOW::revert);
    session.entries().set(provider);
    session.context().transfer(caller, amount);
    session.emit(new StorageEvent.Withdrawn(caller, amount, provider.funds));
  }

  private ProviderState found(Address address) {
    ProviderState provider = new ProviderState(address);
    provider.ordinal = session.clock().ordinal();
    session.entries().addProvider(address);
    return provider;
  }
}
