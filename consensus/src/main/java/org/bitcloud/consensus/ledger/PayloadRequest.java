package org.bitcloud.consensus.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// What a proposer wants the ledger to build.
///
/// @param parent the block to build on, which the ledger has checked
/// @param time the block's time, above the parent's, whole milliseconds
/// @param proposer receiver of the tips
/// @param sealData the engine's part of the header; it may be replaced before the seal
/// @param nextValidators the set that seals the block after, or empty when the set stays
/// @param limits how much and how long
/// @param candidates the only transactions to take from, in order; empty takes from the node's pool
public record PayloadRequest(
    Hash parent,
    Instant time,
    Address proposer,
    Bytes sealData,
    Optional<Hash> nextValidators,
    PayloadLimits limits,
    Optional<List<Bytes>> candidates) {
  /// Takes an unmodifiable copy.
  public PayloadRequest {
    candidates = candidates.map(List::copyOf);
  }

  /// A block from the pool, with the set that stays.
  public static PayloadRequest fromPool(
      Hash parent, Instant time, Address proposer, Bytes sealData, PayloadLimits limits) {
    return new PayloadRequest(
        parent, time, proposer, sealData, Optional.empty(), limits, Optional.empty());
  }
}
