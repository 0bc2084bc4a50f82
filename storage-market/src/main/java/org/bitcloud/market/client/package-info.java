/// The Storage corporation as the market uses it: typed views, transactions that are carried to
/// their receipt, and waiting for blocks. Depends on the `Ledger` port only.
@NullMarked
package org.bitcloud.market.client;

import org.jspecify.annotations.NullMarked;
