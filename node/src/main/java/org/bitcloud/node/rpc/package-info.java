/// JSON-RPC over HTTP and WebSocket.
@NullMarked
package org.bitcloud.node.rpc;

import org.jspecify.annotations.NullMarked;
