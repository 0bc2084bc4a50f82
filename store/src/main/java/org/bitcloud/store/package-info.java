/// Ordered key-value columns with atomic batches and snapshots. Knows bytes only, never blocks.
/// Safe for use by many threads.
@NullMarked
package org.bitcloud.store;

import org.jspecify.annotations.NullMarked;
