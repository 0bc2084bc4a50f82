/// The Naming corporation: labels that are registered for years, hold records and expire.
///
/// Depends on the package above and on primitives. Everything is a pure function of the entries and
/// the call; any number of threads may use it.
@NullMarked
package org.bitcloud.contracts.naming;

import org.jspecify.annotations.NullMarked;
