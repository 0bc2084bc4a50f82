package org.bitcloud.market.renter;

import org.bitcloud.contracts.storage.PriceList;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.primitives.Address;

/// A provider as a renter sees it on chain.
///
/// @param provider its account
/// @param prices its price list
/// @param isValid whether the list has not expired
/// @param status its books: collateral, earnings, penalties, contracts
public record OfferReport(
    Address provider, PriceList prices, boolean isValid, ProviderStatus status) {}
