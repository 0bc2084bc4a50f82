/// A renter's sessions with providers: one blocking session, and a pool that keeps idle ones.
///
/// Drives the machines of `market.protocol` over the `Wire` port. Methods block; callers use
/// virtual threads.
@NullMarked
package org.bitcloud.market.peer;

import org.jspecify.annotations.NullMarked;
