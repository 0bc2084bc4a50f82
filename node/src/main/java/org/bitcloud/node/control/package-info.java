/// How a command reaches a node that runs: HTTP on loopback with a token that only the owner of the
/// node's directory can read.
@NullMarked
package org.bitcloud.node.control;

import org.jspecify.annotations.NullMarked;
