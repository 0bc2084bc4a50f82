/// The wire between renters and providers: frames, messages and the state machines of both sides.
///
/// Nothing here touches a socket, a disk, a clock or the chain: machines take messages and give
/// outputs, the two small streams only frame bytes. Each object is used by one thread at a time.
@NullMarked
package org.bitcloud.market.protocol;

import org.jspecify.annotations.NullMarked;
