package org.bitcloud.consensus.ledger;

import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// Why a block is final: kept beside the block and shown to who was not there.
public sealed interface FinalityProof {
  /// The block's own seal says it all: a single signer whose blocks are final at once.
  record OwnSeal() implements FinalityProof {}

  /// More than two thirds of a term's weight signed for the block.
  ///
  /// @param term the validator set
  /// @param view the view in which they signed, which may be above the view of the header
  /// @param block what they signed for
  /// @param signers one bit for each member, most significant bit first, zero padding
  /// @param signatures theirs
  record Certificate(long term, long view, Hash block, Bytes signers, SignatureBundle signatures)
      implements FinalityProof {}

  /// So many blocks stand on it.
  record Depth(int confirmations) implements FinalityProof {}

  /// The proof of an engine outside this process, in its own format.
  record External(String protocol, Bytes encoded) implements FinalityProof {}

  /// Returns the canonical RLP; `docs/spec/consensus-spi.md`.
  default Bytes encode() {
    return FinalityProofCodec.encode(this);
  }

  /// Reads one proof and nothing after it. Whether it proves anything is for the engine's rules.
  ///
  /// @throws MalformedException when the bytes are too long or not canonical
  static FinalityProof decode(Bytes encoded) throws MalformedException {
    return FinalityProofCodec.decode(encoded);
  }
}
