/// The one door between engines and the ledger, and its implementation over a chain and its pool.
///
/// Every method of [org.bitcloud.consensus.ledger.LedgerPort] is called by one thread at a time.
@NullMarked
@CheckReturnValue
package org.bitcloud.consensus.ledger;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
