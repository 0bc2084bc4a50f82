/// The measurements behind `bitcloud bench`, on real stores and real rules. Needs nothing that
/// listens on a network.
@NullMarked
@CheckReturnValue
package org.bitcloud.node.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
