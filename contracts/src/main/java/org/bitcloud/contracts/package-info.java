/// The rules as pure functions: fees, transfers and every corporation.
///
/// Depends on primitives only; no storage, clock, network or logging in here. [Rules] is the door:
/// it is immutable and may be used by many threads at once, each with a state of its own.
@NullMarked
package org.bitcloud.contracts;

import org.jspecify.annotations.NullMarked;
