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

final class DevEngineContractTest extends EngineContract {
  private static final Duration WINDOW = Duration.ofSeconds(20);

  @Override
  protected EmbeddedEngine engine(Optional<ValidatorKey> localKey) {
    return new DevEngine(new DevParameters(Duration.ZERO, WINDOW), localKey);
  }

  @Override
  protected Signer signer() {
    return new HeaderSigner(key);
  }

  @Override
  protected Duration pauseMax() {
    return WINDOW.dividedBy(8);
  }

  @Override
  protected Duration promptness() {
    return Duration.ZERO;
  }

  @Override
  protected Optional<FinalityProof> proof(Block block) {
    return Optional.of(new FinalityProof.OwnSeal());
  }
}
