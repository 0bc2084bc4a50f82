/// Blocks as values: header, body, receipts, the genesis record, their one canonical encoding and
/// the roots over their lists.
///
/// Nothing here looks at state. Every decoder takes untrusted bytes, is strict and bounded, and
/// throws [MalformedException][org.bitcloud.primitives.MalformedException]. All values are
/// immutable and may be shared between threads.
@NullMarked
@CheckReturnValue
package org.bitcloud.chain.block;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
