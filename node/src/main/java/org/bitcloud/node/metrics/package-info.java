/// What operators watch: meters and the text that Prometheus reads. The only package that knows
/// Micrometer.
@NullMarked
package org.bitcloud.node.metrics;

import org.jspecify.annotations.NullMarked;
