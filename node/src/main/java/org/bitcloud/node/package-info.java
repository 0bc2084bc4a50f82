/// The process: starts its services in a written order and stops them in reverse.
@NullMarked
package org.bitcloud.node;

import org.jspecify.annotations.NullMarked;
