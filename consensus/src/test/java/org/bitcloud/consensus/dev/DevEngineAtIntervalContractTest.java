package org.bitcloud.consensus.dev;

import java.time.Duration;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.EngineContract;
import org.bitcloud.consensus.ledger.FinalityProof;
import org.bitcloud.consensus.runtime.HeaderSigner;
import org.bitcloud.consensus.runtime.Signer;
import org.bitcloud.consensus.validator.ValidatorKey;

/// The same contract for blocks at an interval.
final class DevEngineAtIntervalContractTest extends EngineContract {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  @Override
  protected EmbeddedEngine engine(Optional<ValidatorKey> localKey) {
    return new DevEngine(new DevParameters(INTERVAL, Duration.ofSeconds(20)), localKey);
  }

  @Override
  protected Signer signer() {
    return new HeaderSigner(key);
  }

  @Override
  protected Duration pauseMax() {
    return INTERVAL;
  }

  @Override
  protected Duration promptness() {
    return INTERVAL;
  }

  @Override
  protected Optional<FinalityProof> proof(Block block) {
    return Optional.of(new FinalityProof.OwnSeal());
  }
}
