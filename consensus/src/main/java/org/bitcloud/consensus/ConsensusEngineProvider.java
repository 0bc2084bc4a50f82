package org.bitcloud.consensus;

/// Makes engines of one kind. Found by `ServiceLoader` and named in genesis.
public interface ConsensusEngineProvider {
  /// The word in genesis: lower-case letters, digits and hyphens.
  String id();

  /// A new engine.
  ///
  /// @throws EngineConfigException when a parameter is unknown, missing or out of bounds
  ConsensusEngine create(EngineConfig config);
}
