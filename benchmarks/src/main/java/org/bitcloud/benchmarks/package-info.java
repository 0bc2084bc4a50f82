/// JMH benchmarks of the hot paths.
@NullMarked
package org.bitcloud.benchmarks;

import org.jspecify.annotations.NullMarked;
