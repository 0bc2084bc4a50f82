/// Where people keep keys: encrypted key stores and words to remember. Not for the verification
/// path.
@NullMarked
package org.bitcloud.primitives.wallet;

import org.jspecify.annotations.NullMarked;
