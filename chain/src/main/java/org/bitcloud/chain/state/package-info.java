/// The world state: a flat map from key to value, committed by a Merkle root, with copy-on-write
/// overlays for blocks not yet decided, undo for those that were, and proofs.
///
/// Knows keys and values only, neither accounts nor blocks. May depend on store and primitives. A
/// [StateStore] and its overlays belong to one thread; a [StateView] may be used by any. The format
/// is specified in `docs/spec/state.md`.
@NullMarked
@CheckReturnValue
package org.bitcloud.chain.state;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
