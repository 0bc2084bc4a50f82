/// Ordered key-value columns with atomic batches and snapshots, on disk or in memory.
///
/// Knows bytes only, never blocks. May depend on primitives. Stores may be used by many threads;
/// batches and cursors belong to one thread each.
@NullMarked
@CheckReturnValue
package org.bitcloud.store;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
