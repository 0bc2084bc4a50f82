package org.bitcloud.consensus;

import java.time.Instant;
import java.util.Optional;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.ledger.FinalityProof;
import org.bitcloud.consensus.ledger.Score;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Bytes;

/// An engine's rules for headers and proofs: pure, for import, sync, RPC and light clients alike.
/// They never look at state. Safe for any thread.
public interface BlockRules {
  /// Judges what the engine answers for: seal data, seal, signer, target, time. The link to the
  /// parent, height, gas and roots are the chain's business.
  HeaderVerdict checkHeader(BlockHeader header, Bytes sealProof, ParentView parent, Instant now);

  /// The score of the chain up to `header`.
  ///
  /// @param parent the parent's, or empty for the genesis block
  Score score(BlockHeader header, Optional<Score> parent);

  /// Whether `proof` shows that the block is final.
  ///
  /// @param sealProof what travels beside the header, already checked
  /// @param validators the set that sealed the block
  boolean checkProof(
      BlockHeader header, Bytes sealProof, FinalityProof proof, ValidatorSet validators);
}
