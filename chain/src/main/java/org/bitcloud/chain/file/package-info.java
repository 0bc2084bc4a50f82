/// Blocks and states in files, for moving a chain from one node to another: `docs/spec/files.md`.
@NullMarked
@CheckReturnValue
package org.bitcloud.chain.file;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
