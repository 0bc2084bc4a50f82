package org.bitcloud.consensus.pow;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.BlockRules;
import org.bitcloud.consensus.HeaderVerdict;
import org.bitcloud.consensus.ParentView;
import org.bitcloud.consensus.ledger.FinalityProof;
import org.bitcloud.consensus.ledger.Score;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// Rules of the `pow` engine, judged by header and parent alone.
final class PowRules implements BlockRules {
  private final PowParameters parameters;

  PowRules(PowParameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public HeaderVerdict checkHeader(
      BlockHeader header, Bytes sealProof, ParentView parent, Instant now) {
    PowSeal seal;
    PowSeal below;
    try {
      seal = PowSeal.decode(header.sealData());
      below = seal(parent.header());
    } catch (MalformedException e) {
      return PowRule.SEAL_DATA.broken("seal data: " + e.getMessage());
    }
    HeaderVerdict form = checkForm(header, sealProof, parent.header());
    if (!(form instanceof HeaderVerdict.Ok)) {
      return form;
    }
    HeaderVerdict work = checkWork(header, seal, parent.header(), below);
    if (!(work instanceof HeaderVerdict.Ok)) {
      return work;
    }
    Instant from = Instant.ofEpochMilli(header.timeMillis()).minus(parameters.drift());
    return from.isAfter(now) ? new HeaderVerdict.NotYet(from) : HeaderVerdict.ok();
  }

  private static HeaderVerdict checkForm(BlockHeader header, Bytes sealProof, BlockHeader parent) {
    if (!sealProof.isEmpty()) {
      return PowRule.SEAL_PROOF.broken("seal proof is not empty");
    }
    if (header.timeMillis() <= parent.timeMillis()) {
      return PowRule.TIME.broken(
          "time %d is not after the parent's %d"
              .formatted(header.timeMillis(), parent.timeMillis()));
    }
    if (!header.nextValidators().equals(header.validators())) {
      return PowRule.VALIDATORS.broken("the validators change");
    }
    return HeaderVerdict.ok();
  }

  private HeaderVerdict checkWork(
      BlockHeader header, PowSeal seal, BlockHeader parent, PowSeal below) {
    if (!seal.target().equals(below.next())) {
      return PowRule.TARGET.broken("target is not the one that the parent names");
    }
    if (!seal.next().equals(next(seal.target(), header.timeMillis(), parent))) {
      return PowRule.NEXT_TARGET.broken("the next target does not follow from target and time");
    }
    if (!seal.work().equals(below.work().add(Work.of(seal.target())))) {
      return PowRule.WORK.broken("work is not the parent's plus the block's");
    }
    return Work.isDone(header, seal)
        ? HeaderVerdict.ok()
        : PowRule.HASH.broken("the hash of work is above the target");
  }

  /// The target after a block of this target and time.
  BigInteger next(BigInteger target, long timeMillis, BlockHeader parent) {
    return parameters.next(target, timeMillis - parent.timeMillis());
  }

  /// The seal data of an accepted header.
  PowSeal seal(BlockHeader header) throws MalformedException {
    return PowSeal.of(header, parameters.first());
  }

  /// The sum of work, which the header states: no parent is needed.
  @Override
  public Score score(BlockHeader header, Optional<Score> parent) {
    try {
      return new Score.Work(seal(header).work());
    } catch (MalformedException e) {
      throw new IllegalArgumentException("not a checked header: " + header, e);
    }
  }

  /// False: depth is no property of a block.
  @Override
  public boolean checkProof(
      BlockHeader header, Bytes sealProof, FinalityProof proof, ValidatorSet validators) {
    return false;
  }
}
