package org.bitcloud.simulation;

import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.primitives.Hash;

/// A contract between a renter and a provider.
///
/// @param id hash of its terms
/// @param terms what both signed
/// @param renter who pays
/// @param provider who stores
public record Deal(
    Hash id, StorageTerms terms, SimulatedRenter renter, SimulatedProvider provider) {}
