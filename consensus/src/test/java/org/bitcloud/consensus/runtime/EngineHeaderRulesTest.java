package org.bitcloud.consensus.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bitcloud.chain.Ancestry;
import org.bitcloud.chain.BlockRule;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.BlockRules;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.HeaderVerdict;
import org.bitcloud.consensus.ParentView;
import org.bitcloud.consensus.ledger.FinalityProof;
import org.bitcloud.consensus.ledger.Score;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.junit.jupiter.api.Test;

final class EngineHeaderRulesTest {
  private final ValidatorSet validators = Fixtures.only(Fixtures.key(1));
  private final Map<Hash, BlockHeader> headers = new HashMap<>();

  /// A line of headers from 0 to 3.
  private BlockHeader line() {
    BlockHeader below = Fixtures.genesisHeader(validators, Fixtures.NOON);
    headers.put(below.hash(), below);
    for (int height = 1; height <= 3; height++) {
      below =
          new BlockHeader(
              below.hash(),
              Height.of(height),
              below.timeMillis() + 1,
              below.proposer(),
              below.sealData(),
              below.roots(),
              below.logsBloom(),
              below.gasLimit(),
              0,
              below.baseFee(),
              below.beacon(),
              below.validators(),
              below.nextValidators());
      headers.put(below.hash(), below);
    }
    return below;
  }

  private record Judge(Function<ParentView, HeaderVerdict> says) implements BlockRules {
    @Override
    public HeaderVerdict checkHeader(
        BlockHeader header, Bytes sealProof, ParentView parent, Instant now) {
      return says.apply(parent);
    }

    @Override
    public Score score(BlockHeader header, Optional<Score> parent) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean checkProof(
        BlockHeader header, Bytes sealProof, FinalityProof proof, ValidatorSet set) {
      throw new UnsupportedOperationException();
    }
  }

  private Verdict check(ValidatorSet known, Function<ParentView, HeaderVerdict> says) {
    BlockHeader parent = line();
    Ancestry ancestry =
        new Ancestry() {
          @Override
          public BlockHeader parent() {
            return parent;
          }

          @Override
          public Optional<BlockHeader> header(Hash hash) {
            return Optional.ofNullable(headers.get(hash));
          }
        };
    return new EngineHeaderRules(new Judge(says), ValidatorSource.fixed(known))
        .check(parent, Bytes.EMPTY, ancestry, Fixtures.NOON);
  }

  @Test
  void showsTheEngineWhatStandsBelow() {
    Verdict verdict =
        check(
            validators,
            parent -> {
              assertEquals(Height.of(3), parent.header().height());
              assertEquals(validators, parent.validators());
              for (int height = 0; height <= 3; height++) {
                assertEquals(
                    Height.of(height), parent.ancestor(Height.of(height)).orElseThrow().height());
              }
              assertEquals(Optional.empty(), parent.ancestor(Height.of(4)));
              headers.clear();
              assertEquals(Optional.empty(), parent.ancestor(Height.of(1)));
              return HeaderVerdict.ok();
            });
    assertEquals(Verdict.accepted(), verdict);
  }

  @Test
  void refusesWithTheRuleForSeals() {
    assertEquals(
        Verdict.rejected(BlockRule.SEAL, "ugly"),
        check(validators, parent -> HeaderVerdict.bad("ugly")));
  }

  @Test
  void defersWhatComesFromTheFuture() {
    Instant later = Fixtures.NOON.plusSeconds(5);
    assertEquals(
        Verdict.notYet(later), check(validators, parent -> new HeaderVerdict.NotYet(later)));
  }

  @Test
  void refusesBlocksOfASetThatItDoesNotKnow() {
    ValidatorSet others = Fixtures.only(Fixtures.key(2));
    Verdict verdict = check(others, parent -> HeaderVerdict.ok());
    assertEquals(BlockRule.SEAL, assertInstanceOf(Verdict.Rejected.class, verdict).rule());
  }
}
