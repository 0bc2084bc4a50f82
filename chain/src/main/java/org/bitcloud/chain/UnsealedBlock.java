package org.bitcloud.chain;

import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Bytes;

/// A built block that lacks only its proof, and perhaps its final seal data.
///
/// @param header complete but for what the engine still wants to put into `sealData`
/// @param body the lists
public record UnsealedBlock(BlockHeader header, BlockBody body) {
  /// Returns the block with its proof.
  public Block seal(Bytes sealProof) {
    return new Block(header, sealProof, body);
  }

  /// Returns the block with other seal data and its proof.
  public Block seal(Bytes sealData, Bytes sealProof) {
    return new Block(header.withSealData(sealData), sealProof, body);
  }
}
