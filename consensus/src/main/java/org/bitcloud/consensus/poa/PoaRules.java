package org.bitcloud.consensus.poa;

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
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Secp256k1;
import org.bitcloud.primitives.crypto.Signature;

/// Rules of the `poa` engine, judged by header and parent alone.
final class PoaRules implements BlockRules {
  static final int IN_TURN = 2;
  static final int OUT_OF_TURN = 1;

  private final PoaParameters parameters;

  PoaRules(PoaParameters parameters) {
    this.parameters = parameters;
  }

  /// What a header's children build on.
  record Below(long score, Signers signers) {}

  /// What an accepted header says to its children; block 0 takes the signers of genesis.
  ///
  /// @param genesis the set that every header names
  static Below below(BlockHeader header, ValidatorSet genesis) throws MalformedException {
    if (header.height().equals(Height.GENESIS)) {
      return new Below(0, Signers.first(genesis));
    }
    PoaSeal seal = PoaSeal.decode(header.sealData());
    return new Below(seal.score(), seal.signers());
  }

  @Override
  public HeaderVerdict checkHeader(
      BlockHeader header, Bytes sealProof, ParentView parent, Instant now) {
    PoaSeal seal;
    Below below;
    try {
      seal = PoaSeal.decode(header.sealData());
      below = below(parent.header(), parent.validators());
    } catch (MalformedException e) {
      return PoaRule.SEAL_DATA.broken("seal data: " + e.getMessage());
    }
    if (!header.nextValidators().equals(header.validators())) {
      return PoaRule.VALIDATORS.broken("the set of genesis changes");
    }
    HeaderVerdict turn = checkTurn(header, seal, parent.header(), below);
    if (!(turn instanceof HeaderVerdict.Ok)) {
      return turn;
    }
    HeaderVerdict vote = checkVote(header, seal, below.signers());
    if (!(vote instanceof HeaderVerdict.Ok)) {
      return vote;
    }
    if (!isSealedByProposer(header, sealProof)) {
      return PoaRule.SEAL.broken("seal is not the proposer's signature");
    }
    Instant from = Instant.ofEpochMilli(header.timeMillis()).minus(parameters.drift());
    return from.isAfter(now) ? new HeaderVerdict.NotYet(from) : HeaderVerdict.ok();
  }

  private HeaderVerdict checkTurn(
      BlockHeader header, PoaSeal seal, BlockHeader parent, Below below) {
    Signers signers = below.signers();
    Address proposer = header.proposer();
    if (!signers.contains(proposer)) {
      return PoaRule.SIGNER.broken("proposer %s does not sign".formatted(proposer));
    }
    if (signers.recent().contains(proposer)) {
      return PoaRule.RECENT.broken("proposer %s signed lately".formatted(proposer));
    }
    int rank = signers.rank(proposer, header.height());
    long least = earliest(parent, rank);
    if (header.timeMillis() < least) {
      return PoaRule.TIME.broken(
          "time %d is before %d, the earliest at rank %d"
              .formatted(header.timeMillis(), least, rank));
    }
    if (seal.turn() != turn(rank)) {
      return PoaRule.TURN.broken("turn is not " + turn(rank));
    }
    return seal.score() == below.score() + seal.turn()
        ? HeaderVerdict.ok()
        : PoaRule.SCORE.broken("score is not the parent's plus turn");
  }

  static int turn(int rank) {
    return rank == 0 ? IN_TURN : OUT_OF_TURN;
  }

  /// The least time of a child that a signer of this rank seals.
  long earliest(BlockHeader parent, int rank) {
    return parent.timeMillis() + parameters.wait(rank).toMillis();
  }

  private HeaderVerdict checkVote(BlockHeader header, PoaSeal seal, Signers before) {
    boolean epochEnds = parameters.endsEpoch(header.height().value());
    if (seal.vote().isPresent()) {
      Optional<String> refusal =
          epochEnds
              ? Optional.of("the epoch ends")
              : before.refusal(header.proposer(), seal.vote().get());
      if (refusal.isPresent()) {
        return PoaRule.VOTE.broken("vote: " + refusal.get());
      }
    }
    return seal.signers().equals(before.after(header.proposer(), seal.vote(), epochEnds))
        ? HeaderVerdict.ok()
        : PoaRule.SIGNERS.broken("signers, recent or votes do not follow from the parent's");
  }

  private static boolean isSealedByProposer(BlockHeader header, Bytes sealProof) {
    try {
      Signature signature = Signature.fromBytes65(sealProof);
      Bytes key = Secp256k1.get().recover(header.hash(), signature);
      return Address.ofPublicKey(key).equals(header.proposer());
    } catch (MalformedException e) {
      return false;
    }
  }

  /// The sum of turns, which the header states: no parent is needed.
  @Override
  public Score score(BlockHeader header, Optional<Score> parent) {
    if (header.height().equals(Height.GENESIS)) {
      return new Score.Work(BigInteger.ZERO);
    }
    try {
      return new Score.Work(BigInteger.valueOf(PoaSeal.decode(header.sealData()).score()));
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
