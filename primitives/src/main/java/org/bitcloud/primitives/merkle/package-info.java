/// Binary SHA-256 Merkle trees in the shape of RFC 6962, and proofs that some leaves belong to one.
@NullMarked
package org.bitcloud.primitives.merkle;

import org.jspecify.annotations.NullMarked;
