/// Recursive Length Prefix, Ethereum's encoding of nested lists of byte strings, written and read
/// strictly: every value has exactly one encoding and the reader takes no other.
@NullMarked
package org.bitcloud.primitives.rlp;

import org.jspecify.annotations.NullMarked;
