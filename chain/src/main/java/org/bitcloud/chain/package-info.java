/// Blocks, their validation and execution, the state commitment, the mempool and history. Knows
/// neither peers nor votes.
@NullMarked
package org.bitcloud.chain;

import org.jspecify.annotations.NullMarked;
