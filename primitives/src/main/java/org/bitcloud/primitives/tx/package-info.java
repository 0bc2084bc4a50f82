/// Ethereum transactions of types 0, 1 and 2, their decoding and their signatures.
@NullMarked
package org.bitcloud.primitives.tx;

import org.jspecify.annotations.NullMarked;
