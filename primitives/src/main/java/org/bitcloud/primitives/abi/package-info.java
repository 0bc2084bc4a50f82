/// The ABI of corporations: types, functions, events and errors, and a strict coder of their values
/// that takes one canonical layout only.
@NullMarked
package org.bitcloud.primitives.abi;

import org.jspecify.annotations.NullMarked;
