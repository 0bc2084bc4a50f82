package org.bitcloud.chain;

import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// What a proposer wants of a new block.
///
/// @param parent the block to build on, committed or executed
/// @param timeMillis its time, above the parent's
/// @param proposer receiver of the tips
/// @param sealData the engine's part of the header; may be replaced afterwards
/// @param validators the set that seals it
/// @param nextValidators the set that seals the next
/// @param bodyBytesMax most bytes of the encoded body, at most the protocol's bound
/// @param gasMax most gas to use, at most the block's limit
public record BuildRequest(
    Hash parent,
    long timeMillis,
    Address proposer,
    Bytes sealData,
    Hash validators,
    Hash nextValidators,
    int bodyBytesMax,
    long gasMax) {

  /// Returns a request for as full a block as the protocol allows, sealed by the set that the
  /// parent names, which stays.
  public static BuildRequest on(
      BlockHeader parent, long timeMillis, Address proposer, Bytes sealData) {
    return new BuildRequest(
        parent.hash(),
        timeMillis,
        proposer,
        sealData,
        parent.nextValidators(),
        parent.nextValidators(),
        BlockBody.BODY_BYTES_MAX,
        parent.gasLimit());
  }
}
