/// The renter: stores files, gets them back, removes, lists and verifies them, and keeps account.
///
/// Long jobs run in the caller's thread and use virtual threads for their sessions. Local state is
/// a folder of small files, each written whole and durably.
@NullMarked
package org.bitcloud.market.renter;

import org.jspecify.annotations.NullMarked;
