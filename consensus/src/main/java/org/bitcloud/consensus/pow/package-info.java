/// The `pow` engine: proof of work, most work wins; `docs/spec/pow-engine.md`.
@NullMarked
@CheckReturnValue
package org.bitcloud.consensus.pow;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
