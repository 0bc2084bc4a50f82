/// Runs an embedded engine: one thread owns it, one thread owns the ledger, bounded queues between
/// them, effects executed in order.
@NullMarked
@CheckReturnValue
package org.bitcloud.consensus.runtime;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
