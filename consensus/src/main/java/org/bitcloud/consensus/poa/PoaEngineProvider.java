package org.bitcloud.consensus.poa;

import org.bitcloud.consensus.ConsensusEngine;
import org.bitcloud.consensus.ConsensusEngineProvider;
import org.bitcloud.consensus.EngineConfig;

/// Makes the `poa` engine; its parameters are in `docs/spec/poa-engine.md`.
public final class PoaEngineProvider implements ConsensusEngineProvider {
  /// The engine's word in genesis.
  public static final String ID = "poa";

  /// For `ServiceLoader`.
  public PoaEngineProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public ConsensusEngine create(EngineConfig config) {
    return new PoaEngine(PoaParameters.of(config.parameters()), config.localKey());
  }
}
