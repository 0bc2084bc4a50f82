package org.bitcloud.market.renter;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.Wire;
import org.bitcloud.primitives.crypto.KeyPair;

/// What a renter is connected to. It closes none of it.
///
/// @param ledger the chain
/// @param wire the providers
/// @param key the account that pays and owns
/// @param clock for file times and scores; chain time comes from the chain
/// @param random for keys of slabs and manifests
public record RenterPorts(
    Ledger ledger, Wire wire, KeyPair key, InstantSource clock, SecureRandom random) {}
