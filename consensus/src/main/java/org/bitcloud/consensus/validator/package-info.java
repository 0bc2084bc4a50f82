/// Who may seal and vote, and with what weight; the same for every engine. Values and pure
/// functions, for any thread.
@NullMarked
@CheckReturnValue
package org.bitcloud.consensus.validator;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
