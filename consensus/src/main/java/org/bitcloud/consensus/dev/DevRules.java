package org.bitcloud.consensus.dev;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.BlockRules;
import org.bitcloud.consensus.HeaderVerdict;
import org.bitcloud.consensus.ParentView;
import org.bitcloud.consensus.ledger.FinalityProof;
import org.bitcloud.consensus.ledger.Score;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Secp256k1;
import org.bitcloud.primitives.crypto.Signature;

/// Rules of the `dev` engine: the only validator is the proposer and signs the header's hash.
///
/// Time must rise, and may run ahead of the clock as far as it likes: development networks warp it.
final class DevRules implements BlockRules {
  /// The empty RLP list: the engine has nothing to commit to.
  static final Bytes SEAL_DATA = Bytes.of((byte) 0xc0);

  @Override
  public HeaderVerdict checkHeader(
      BlockHeader header, Bytes sealProof, ParentView parent, Instant now) {
    if (!header.sealData().equals(SEAL_DATA)) {
      return HeaderVerdict.bad("seal data is not the empty list");
    }
    if (header.timeMillis() <= parent.header().timeMillis()) {
      return HeaderVerdict.bad(
          "time %d is not after the parent's %d"
              .formatted(header.timeMillis(), parent.header().timeMillis()));
    }
    if (!header.nextValidators().equals(header.validators())) {
      return HeaderVerdict.bad("the validator changes");
    }
    ValidatorKey signer = signer(parent.validators());
    Address address = signer.address().orElseThrow();
    if (!header.proposer().equals(address)) {
      return HeaderVerdict.bad(
          "proposer is %s, not the validator %s".formatted(header.proposer(), address));
    }
    return isSealedBy(signer, header, sealProof)
        ? HeaderVerdict.ok()
        : HeaderVerdict.bad("seal is not the validator's signature");
  }

  /// The key of the only validator.
  static ValidatorKey signer(ValidatorSet validators) {
    return validators.members().getFirst().key();
  }

  // Recovers instead of verifying, so that the proof has one form only: a changed recovery id would
  // verify as well.
  private static boolean isSealedBy(ValidatorKey signer, BlockHeader header, Bytes sealProof) {
    try {
      Signature signature = Signature.fromBytes65(sealProof);
      return Secp256k1.get().recover(header.hash(), signature).equals(signer.bytes());
    } catch (MalformedException e) {
      return false;
    }
  }

  @Override
  public Score score(BlockHeader header, Optional<Score> parent) {
    return new Score.Work(BigInteger.valueOf(header.height().value()));
  }

  @Override
  public boolean checkProof(
      BlockHeader header, Bytes sealProof, FinalityProof proof, ValidatorSet validators) {
    return proof instanceof FinalityProof.OwnSeal
        && isSealedBy(signer(validators), header, sealProof);
  }
}
