package org.bitcloud.market.client;

import org.bitcloud.contracts.storage.PriceList;
import org.bitcloud.primitives.Address;

/// A provider and the price list that it has on chain.
public record PostedPrices(Address provider, PriceList prices) {}
