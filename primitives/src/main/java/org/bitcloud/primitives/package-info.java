/// The values every other module speaks in: bytes, hashes, addresses, amounts and heights. Depends
/// on nothing of ours. All types are immutable or confined to one thread.
@NullMarked
package org.bitcloud.primitives;

import org.jspecify.annotations.NullMarked;
