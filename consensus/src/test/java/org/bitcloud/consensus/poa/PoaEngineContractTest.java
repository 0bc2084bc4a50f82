package org.bitcloud.consensus.poa;

import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcloud.chain.block.Block;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.EngineContract;
import org.bitcloud.consensus.ledger.FinalityProof;
import org.bitcloud.consensus.runtime.HeaderSigner;
import org.bitcloud.consensus.runtime.Signer;
import org.bitcloud.consensus.validator.ValidatorKey;

final class PoaEngineContractTest extends EngineContract {
  private static final PoaParameters PARAMETERS = PoaParameters.of(new TreeMap<>());

  @Override
  protected EmbeddedEngine engine(Optional<ValidatorKey> localKey) {
    return new PoaEngine(PARAMETERS, localKey);
  }

  @Override
  protected Signer signer() {
    return new HeaderSigner(key);
  }

  @Override
  protected Duration pauseMax() {
    return PARAMETERS.block().plusMillis(20); // building and deciding take 7 ms each
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
  protected Optional<FinalityProof> proof(Block block) {
    return Optional.empty();
  }
}
