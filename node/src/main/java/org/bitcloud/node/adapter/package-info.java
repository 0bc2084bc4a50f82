/// The adapters that join the ports of chain, consensus and market to each other and to the
/// network.
@NullMarked
package org.bitcloud.node.adapter;

import org.jspecify.annotations.NullMarked;
