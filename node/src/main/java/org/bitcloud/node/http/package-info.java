/// A small HTTP/1.1 and WebSocket server on Netty.
///
/// Event loops parse and write; every request is handled on a virtual thread of its own in blocking
/// style, one request a connection at a time, and a blocked writer is the back-pressure. It knows
/// nothing of chains or files: JSON-RPC, the gateway and the devnet's control door sit on it.
@NullMarked
package org.bitcloud.node.http;

import org.jspecify.annotations.NullMarked;
