package org.bitcloud.contracts;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;

/// What the rules may know about the block they run in.
///
/// @param chainId the network
/// @param genesisHash hash of the genesis parameters, which tells networks of one id apart
/// @param height number of the block; genesis is 0
/// @param timeMillis the block's time, milliseconds since 1970
/// @param proposer who made the block and gets the tips
/// @param baseFee drops that every unit of gas costs and burns
/// @param parentHash hash of the parent block; zero at genesis
/// @param parentTimeMillis the parent's time; the block's own at genesis
public record BlockContext(
    long chainId,
    Hash genesisHash,
    long height,
    long timeMillis,
    Address proposer,
    Amount baseFee,
    Hash parentHash,
    long parentTimeMillis) {}
