/// The HTTP gateway: stored objects as ordinary web resources that browsers stream and seek.
///
/// It reads through an `ObjectReader`, every byte of which was checked against its Merkle root, and
/// knows no chain.
@NullMarked
package org.bitcloud.node.gateway;

import org.jspecify.annotations.NullMarked;
