package org.bitcloud.market.provider;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// How a provider behaves.
///
/// @param listen the binary multiaddr to listen on; port 0 picks a free one
/// @param advertised the multiaddr to post on chain; null for the one it listens on
/// @param peerId its name in the network, at most 64 bytes, perhaps empty
/// @param offer its prices
/// @param funds drops that it keeps at the corporation as collateral; what is missing is deposited
///   at the start
/// @param limits what it bears at most
public record ProviderOptions(
    Bytes listen,
    @Nullable Bytes advertised,
    Bytes peerId,
    PriceOffer offer,
    Amount funds,
    ProviderLimits limits) {}
