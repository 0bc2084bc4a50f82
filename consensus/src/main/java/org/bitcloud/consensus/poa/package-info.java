/// The `poa` engine: named signers take turns and vote each other in and out;
/// `docs/spec/poa-engine.md`.
@NullMarked
@CheckReturnValue
package org.bitcloud.consensus.poa;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
