/// A whole network on one machine: validator, providers and gateway, in one process or one each.
@NullMarked
package org.bitcloud.node.devnet;

import org.jspecify.annotations.NullMarked;
