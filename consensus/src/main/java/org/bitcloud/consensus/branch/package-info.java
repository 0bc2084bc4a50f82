/// What engines share whose blocks are final by depth: the headers above finality, the choice
/// between branches, the reading of parameters.
@NullMarked
@CheckReturnValue
package org.bitcloud.consensus.branch;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
