/// Files that people write: strict JSON with errors that name the key and the nearest known one.
@NullMarked
package org.bitcloud.node.config;

import org.jspecify.annotations.NullMarked;
