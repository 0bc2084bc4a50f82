package org.bitcloud.market.renter;

import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.StorageParameters;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// A contract of the renter as the chain has it.
///
/// @param id the contract
/// @param object the object that it holds a shard of; null when the index does not know
/// @param name the object's name, perhaps empty
/// @param status terms, sectors, proofs and coins
/// @param expiresMillis when it ends if windows go on as they do, in milliseconds of the Unix epoch
public record ContractReport(
    Hash id, @Nullable Hash object, String name, ContractStatus status, long expiresMillis) {
  /// The number of windows that it was proven in, so far as they are settled.
  ///
  /// The chain counts leaves, of which each window draws 20 from a provider; windows that were
  /// proven in part add up.
  public long windowsProven() {
    return status.books().provenLeaves() / StorageParameters.DRAWS;
  }

  /// The leaves of this contract that were drawn and not proven; each cost the provider collateral.
  public long leavesMissed() {
    return status.books().missedLeaves();
  }
}
