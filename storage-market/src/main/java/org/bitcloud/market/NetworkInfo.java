package org.bitcloud.market;

import org.bitcloud.primitives.Hash;

/// The identity of a network: its chain id and the hash of its genesis.
public record NetworkInfo(long chainId, Hash genesisHash) {}
