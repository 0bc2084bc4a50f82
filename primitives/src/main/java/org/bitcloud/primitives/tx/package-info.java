/// Transactions as Ethereum signs and encodes them, and EIP-712 typed data.
@NullMarked
package org.bitcloud.primitives.tx;

import org.jspecify.annotations.NullMarked;
