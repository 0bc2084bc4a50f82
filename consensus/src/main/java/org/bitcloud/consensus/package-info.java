/// The interface that every consensus engine meets: what an engine is, its rules, its inputs and
/// its effects.
///
/// An [org.bitcloud.consensus.EmbeddedEngine] is a state machine owned by one thread. It does no
/// input or output: time, randomness, signatures, disk and network are an
/// [org.bitcloud.consensus.Input] or an [org.bitcloud.consensus.Effect]. Who executes the effects
/// is in package `runtime`; the ledger's side is in package `ledger`.
@NullMarked
@CheckReturnValue
package org.bitcloud.consensus;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
