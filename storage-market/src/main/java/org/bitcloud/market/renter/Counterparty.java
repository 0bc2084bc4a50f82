package org.bitcloud.market.renter;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// A contract and who is on its other side.
///
/// @param contract the contract's id
/// @param provider who stores
/// @param endpoint where it was last known to answer; perhaps empty
record Counterparty(Hash contract, Address provider, Bytes endpoint) {}
