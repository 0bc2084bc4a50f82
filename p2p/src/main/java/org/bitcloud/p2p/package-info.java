/// The peer-to-peer host. Knows addresses, peers and byte streams, never blocks or money.
///
/// Values ([org.bitcloud.p2p.Multiaddr], [org.bitcloud.p2p.PeerId]) may be used by any thread. A
/// [org.bitcloud.p2p.PeerStream] blocks the thread that reads or writes it, so callers use virtual
/// threads.
@NullMarked
@CheckReturnValue
package org.bitcloud.p2p;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
