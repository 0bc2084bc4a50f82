/// Provider and renter, sectors, erasure coding and proofs. Reaches the chain and its peers only
/// through ports.
@NullMarked
package org.bitcloud.market;

import org.jspecify.annotations.NullMarked;
