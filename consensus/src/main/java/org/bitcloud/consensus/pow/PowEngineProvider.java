package org.bitcloud.consensus.pow;

import org.bitcloud.consensus.ConsensusEngine;
import org.bitcloud.consensus.ConsensusEngineProvider;
import org.bitcloud.consensus.EngineConfig;

/// Makes the `pow` engine; its parameters are in `docs/spec/pow-engine.md`.
public final class PowEngineProvider implements ConsensusEngineProvider {
  /// The engine's word in genesis.
  public static final String ID = "pow";

  /// For `ServiceLoader`.
  public PowEngineProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public ConsensusEngine create(EngineConfig config) {
    return new PowEngine(PowParameters.of(config.parameters()), config.localKey());
  }
}
