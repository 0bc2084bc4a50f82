/// The provider: agrees to contracts, keeps their sectors, proves them every window, is paid.
///
/// Reaches the chain by the `Ledger` port, its peers by the `Wire` port and its disk by
/// `SectorStore` and `KeyValueStore`. Sessions run on virtual threads; each contract has a lock.
@NullMarked
package org.bitcloud.market.provider;

import org.jspecify.annotations.NullMarked;
