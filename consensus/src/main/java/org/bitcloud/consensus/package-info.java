/// The interface every consensus engine meets, and the engines. An engine is owned by one thread
/// and does no input or output.
@NullMarked
package org.bitcloud.consensus;

import org.jspecify.annotations.NullMarked;
