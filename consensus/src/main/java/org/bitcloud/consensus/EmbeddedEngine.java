package org.bitcloud.consensus;

import java.time.Instant;
import java.util.List;

/// An engine as a state machine without input or output.
///
/// One thread calls it. It has no clock, no randomness, no lock, no socket and no disk: the same
/// inputs at the same times give the same effects, in production, in a simulator, in a replay.
public non-sealed interface EmbeddedEngine extends ConsensusEngine {
  /// Takes one input and returns what is to be done about it, to be executed in this order.
  ///
  /// The first input is a [Input.Start], the last a [Input.Stop]. An exception stops the node.
  ///
  /// @param now this node's time, not before that of the last call unless the clock was set back
  List<Effect> step(Input input, Instant now);
}
