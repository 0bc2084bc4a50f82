package org.bitcloud.consensus;

/// An engine: it orders blocks. Either a state machine inside this process or one outside that
/// calls us.
public sealed interface ConsensusEngine permits EmbeddedEngine, ExternalEngine {
  /// What it is.
  EngineDescriptor descriptor();

  /// Its rules for headers, safe for any thread.
  BlockRules rules();
}
