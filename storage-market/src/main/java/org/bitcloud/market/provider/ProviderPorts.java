package org.bitcloud.market.provider;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.Wire;
import org.bitcloud.market.sector.SectorStore;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.store.KeyValueStore;

/// What a provider is connected to. It closes none of it.
///
/// @param ledger the chain
/// @param wire its peers
/// @param sectors where the sectors are
/// @param book where its contracts are; opened with [ContractBook#columns]
/// @param key its account, which signs contracts and transactions
/// @param clock for grace and rates; chain time comes from the chain
/// @param random for the challenges of sessions
public record ProviderPorts(
    Ledger ledger,
    Wire wire,
    SectorStore sectors,
    KeyValueStore book,
    KeyPair key,
    InstantSource clock,
    SecureRandom random) {}
