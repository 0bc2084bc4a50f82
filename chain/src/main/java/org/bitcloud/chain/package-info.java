/// The ledger: a tree of executed blocks over one committed line, validation with numbered rules,
/// execution, one atomic commit a block, history and replay.
///
/// [Chain][org.bitcloud.chain.Chain] is the facade; its read half is
/// [ChainView][org.bitcloud.chain.ChainView]. May depend on contracts, store and primitives. Knows
/// neither peers nor votes: what an engine must check of a header comes in through
/// [HeaderRules][org.bitcloud.chain.HeaderRules]. Reads may come from any thread; the write half is
/// meant for one owner, and concurrent callers wait for each other.
@NullMarked
@CheckReturnValue
package org.bitcloud.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
