package org.bitcloud.consensus.dev;

import org.bitcloud.consensus.ConsensusEngine;
import org.bitcloud.consensus.ConsensusEngineProvider;
import org.bitcloud.consensus.EngineConfig;

/// Makes the `dev` engine. Parameters: `blockMillis` (0 seals on demand) and `windowMillis`.
public final class DevEngineProvider implements ConsensusEngineProvider {
  /// The engine's word in genesis.
  public static final String ID = "dev";

  /// For `ServiceLoader`.
  public DevEngineProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public ConsensusEngine create(EngineConfig config) {
    return new DevEngine(DevParameters.of(config.parameters()), config.localKey());
  }
}
