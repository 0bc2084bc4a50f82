/// Where ports meet subsystems: the market's `Ledger` over a chain or over JSON-RPC, its `Wire`
/// over TCP. The ledger and the network know nothing of each other outside of this package.
@NullMarked
package org.bitcloud.node.adapter;

import org.jspecify.annotations.NullMarked;
