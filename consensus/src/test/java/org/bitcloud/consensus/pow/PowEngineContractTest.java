package org.bitcloud.consensus.pow;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcloud.chain.block.Block;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.EngineContract;
import org.bitcloud.consensus.VirtualNode;
import org.bitcloud.consensus.ledger.FinalityProof;
import org.bitcloud.consensus.runtime.Signer;
import org.bitcloud.consensus.validator.ValidatorKey;

/// With a miner of 200 hashes a second and blocks that take so many.
final class PowEngineContractTest extends EngineContract {
  private static final PowParameters PARAMETERS =
      PowParameters.of(new TreeMap<>(Map.of("blockMillis", "1000", "difficulty", "200")));

  @Override
  protected EmbeddedEngine engine(Optional<ValidatorKey> localKey) {
    return new PowEngine(PARAMETERS, localKey);
  }

  @Override
  protected Signer signer() {
    return Signer.NONE;
  }

  /// Chance keeps no promise: this one breaks once in e^20 blocks.
  @Override
  protected Duration pauseMax() {
    return PARAMETERS.block().multipliedBy(20);
  }

  @Override
  protected Duration promptness() {
    return pauseMax();
  }

  @Override
  protected Duration clockSetBackMax() {
    return Duration.ofSeconds(10);
  }

  @Override
  protected Optional<ValidatorKey> followerKey() {
    return Optional.empty(); // any key mines
  }

  @Override
  protected VirtualNode.Mill mill() {
    return Mills.of(200);
  }

  @Override
  protected Optional<FinalityProof> proof(Block block) {
    return Optional.empty();
  }
}
