/// What the launcher runs once after a build, before any command: jars made fit for the cache.
@NullMarked
package org.bitcloud.node.launch;

import org.jspecify.annotations.NullMarked;
