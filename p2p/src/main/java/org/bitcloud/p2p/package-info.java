/// The peer-to-peer host. Knows streams and topics, never blocks or money.
@NullMarked
package org.bitcloud.p2p;

import org.jspecify.annotations.NullMarked;
