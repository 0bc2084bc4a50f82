/// Test tools that know nothing of the domain.
@NullMarked
package org.bitcloud.testkit;

import org.jspecify.annotations.NullMarked;
