package org.bitcloud.consensus.runtime;

import java.time.Instant;
import java.util.Optional;
import org.bitcloud.chain.Ancestry;
import org.bitcloud.chain.BlockRule;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.BlockRules;
import org.bitcloud.consensus.HeaderVerdict;
import org.bitcloud.consensus.ParentView;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Height;

/// The engine's header rules in the shape in which the chain asks for them. Safe for any thread.
public final class EngineHeaderRules implements HeaderRules {
  private final BlockRules rules;
  private final ValidatorSource validators;

  /// Asks `rules`, with the sets that `validators` knows.
  public EngineHeaderRules(BlockRules rules, ValidatorSource validators) {
    this.rules = rules;
    this.validators = validators;
  }

  @Override
  public Verdict check(BlockHeader header, Bytes sealProof, Ancestry ancestry, Instant now) {
    Optional<ValidatorSet> set = validators.byHash(ancestry.parent().nextValidators());
    if (set.isEmpty()) {
      return Verdict.rejected(
          BlockRule.SEAL, "unknown validator set " + ancestry.parent().nextValidators());
    }
    ParentView parent = new Below(ancestry, set.get());
    return switch (rules.checkHeader(header, sealProof, parent, now)) {
      case HeaderVerdict.Ok() -> Verdict.accepted();
      case HeaderVerdict.Bad(String why) -> Verdict.rejected(BlockRule.SEAL, why);
      case HeaderVerdict.NotYet(Instant retryAt) -> Verdict.notYet(retryAt);
    };
  }

  private record Below(Ancestry ancestry, ValidatorSet validators) implements ParentView {
    @Override
    public BlockHeader header() {
      return ancestry.parent();
    }

    @Override
    public Optional<BlockHeader> ancestor(Height height) {
      Optional<BlockHeader> at = Optional.of(ancestry.parent());
      while (at.isPresent() && at.get().height().compareTo(height) > 0) {
        at = ancestry.header(at.get().parent());
      }
      return at.filter(header -> header.height().equals(height));
    }
  }
}
