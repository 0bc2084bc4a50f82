package org.bitcloud.chain.block;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;

/// Coins that an account holds from the beginning.
public record GenesisAllocation(Address address, Amount balance) {}
