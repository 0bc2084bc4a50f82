/// Sectors of 4 MiB: their Merkle trees, the tree of a contract over them, and the stores that keep
/// them on disk or in memory. Builds on the values of primitives only; stores may be used by any
/// number of threads, trees by one at a time unless they say otherwise.
@NullMarked
package org.bitcloud.market.sector;

import org.jspecify.annotations.NullMarked;
