package org.bitcloud.contracts;

import java.util.Map;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;

/// What the state begins with.
///
/// @param genesisHash hash of the genesis parameters
/// @param timeMillis time of the genesis block, milliseconds since 1970
/// @param allocations drops that accounts start with
/// @param corporations parameters of each corporation by its name
public record GenesisSpec(
    Hash genesisHash,
    long timeMillis,
    Map<Address, Amount> allocations,
    Map<String, Map<String, String>> corporations) {
  /// Copies the maps.
  public GenesisSpec {
    allocations = Map.copyOf(allocations);
    corporations = Map.copyOf(corporations);
  }
}
