/// The Storage corporation: price lists, contracts, revisions, challenge windows, proofs, payouts.
///
/// Depends on the package above and on primitives. Everything is a pure function of the entries and
/// the call; any number of threads may use it.
@NullMarked
package org.bitcloud.contracts.storage;

import org.jspecify.annotations.NullMarked;
