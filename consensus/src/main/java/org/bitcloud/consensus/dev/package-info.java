/// The `dev` engine: one signer, blocks on demand or at an interval, final at once. For development
/// networks and tests.
@NullMarked
@CheckReturnValue
package org.bitcloud.consensus.dev;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
