package org.bitcloud.chain;

import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// A header with the seal proof that its hash does not cover.
///
/// @param header what the hash covers
/// @param proof at most [Block#SEAL_PROOF_BYTES_MAX] bytes
public record SealedHeader(BlockHeader header, Bytes proof) {
  /// Returns the canonical RLP: a list of the header and the proof.
  public Bytes encode() {
    return RlpWriter.encode(
        out -> {
          out.beginList();
          out.raw(header.encode());
          out.bytes(proof);
          out.endList();
        });
  }

  /// Reads one header with its proof and nothing after it.
  ///
  /// @throws MalformedException when it is not in canonical form, or too long
  public static SealedHeader decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    BlockHeader header = BlockHeader.decode(in.rawNext());
    Bytes proof = in.readBytes(Block.SEAL_PROOF_BYTES_MAX);
    in.leaveList();
    in.end();
    return new SealedHeader(header, proof);
  }
}
