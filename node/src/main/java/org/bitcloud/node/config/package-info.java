/// Strict configuration: every key is known, every value checked before anything starts.
@NullMarked
package org.bitcloud.node.config;

import org.jspecify.annotations.NullMarked;
