package org.bitcloud.consensus.ledger;

import java.time.Instant;
import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// A decided list of transactions that has no header of ours yet: how an engine with its own block
/// format hands over a block.
///
/// @param parent the block below
/// @param time above the parent's, whole milliseconds
/// @param proposer receiver of the tips
/// @param sealData what ties our header to the engine's block, such as its hash
/// @param transactions encoded, in order; one that no rule admits is left out and named in the
///   result
/// @param misbehaviour what the engine proved of validators
public record ExecutionRequest(
    Hash parent,
    Instant time,
    Address proposer,
    Bytes sealData,
    List<Bytes> transactions,
    List<Misbehaviour> misbehaviour) {
  /// Takes unmodifiable copies.
  public ExecutionRequest {
    transactions = List.copyOf(transactions);
    misbehaviour = List.copyOf(misbehaviour);
  }
}
