/// Strict canonical RLP, bounded in depth and length. Readers and writers are confined to one
/// thread.
@NullMarked
package org.bitcloud.primitives.rlp;

import org.jspecify.annotations.NullMarked;
