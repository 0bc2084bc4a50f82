package org.bitcloud.chain.block;

import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// A header with its proof and its lists.
///
/// @param header what the hash covers
/// @param sealProof what the engine adds without changing the hash, such as a signature over it; at
///   most [#SEAL_PROOF_BYTES_MAX] bytes
/// @param body transactions and attestations
public record Block(BlockHeader header, Bytes sealProof, BlockBody body) {
  /// Bound of [#sealProof].
  public static final int SEAL_PROOF_BYTES_MAX = 64 << 10;

  /// Bound of an encoded block, for whoever reads one from a peer or a file.
  public static final int BLOCK_BYTES_MAX =
      BlockBody.BODY_BYTES_MAX + SEAL_PROOF_BYTES_MAX + BlockHeader.HEADER_BYTES_MAX + 16;

  /// Returns the hash of the header. Computed anew at each call.
  public Hash hash() {
    return header.hash();
  }

  /// Returns hash and height. Computes the hash.
  public BlockRef ref() {
    return header.ref();
  }

  /// Returns the height of the header.
  public Height height() {
    return header.height();
  }

  /// Returns the canonical RLP: header, seal proof, body.
  public Bytes encode() {
    return RlpWriter.encode(
        out -> {
          out.beginList();
          header.write(out);
          out.bytes(sealProof);
          body.write(out);
          out.endList();
        });
  }

  /// Reads one block and nothing after it. Whether its parts fit each other is not looked at.
  ///
  /// @throws MalformedException when longer than [#BLOCK_BYTES_MAX] or not canonical
  public static Block decode(Bytes encoded) throws MalformedException {
    if (encoded.size() > BLOCK_BYTES_MAX) {
      throw new MalformedException("block of " + encoded.size() + " bytes is too long");
    }
    RlpReader reader = RlpReader.of(encoded);
    reader.enterList();
    BlockHeader header = BlockHeader.read(reader);
    Bytes sealProof = reader.readBytes(SEAL_PROOF_BYTES_MAX);
    BlockBody body = BlockBody.read(reader);
    reader.leaveList();
    reader.end();
    return new Block(header, sealProof, body);
  }
}
