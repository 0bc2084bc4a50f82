/// Guice modules, one a subsystem. The only package that knows Guice.
@NullMarked
package org.bitcloud.node.wiring;

import org.jspecify.annotations.NullMarked;
