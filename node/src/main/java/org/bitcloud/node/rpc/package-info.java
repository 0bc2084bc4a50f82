/// JSON-RPC 2.0 over HTTP and WebSocket: the chain as wallets, SDKs and scripts see it.
///
/// Each namespace is one class that registers its methods; there is no switch to grow. Handlers run
/// on the server's virtual threads and read the chain through [org.bitcloud.chain.ChainView].
@NullMarked
package org.bitcloud.node.rpc;

import org.jspecify.annotations.NullMarked;
