/// Transactions that wait for a block.
///
/// [Mempool][org.bitcloud.chain.pool.Mempool] is the one door. It reads the chain through
/// [ChainView][org.bitcloud.chain.ChainView] and follows it as a listener; it knows nothing of
/// where transactions come from or who builds blocks. Safe for any thread.
@NullMarked
@CheckReturnValue
package org.bitcloud.chain.pool;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
