/// The rules as pure functions: fees, transfers and every corporation. No storage, clock, network
/// or logging in here.
@NullMarked
package org.bitcloud.contracts;

import org.jspecify.annotations.NullMarked;
