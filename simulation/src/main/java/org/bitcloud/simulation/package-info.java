/// A whole network in virtual time, in one thread, from one seed.
@NullMarked
package org.bitcloud.simulation;

import org.jspecify.annotations.NullMarked;
