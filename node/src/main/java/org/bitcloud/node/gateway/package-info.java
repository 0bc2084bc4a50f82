/// The HTTP gateway that streams stored files.
@NullMarked
package org.bitcloud.node.gateway;

import org.jspecify.annotations.NullMarked;
