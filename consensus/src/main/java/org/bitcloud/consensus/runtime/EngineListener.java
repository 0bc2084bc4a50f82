package org.bitcloud.consensus.runtime;

import java.util.Optional;
import org.bitcloud.consensus.ledger.Misbehaviour;

/// Told what the node, and not the engine, must act on.
public interface EngineListener {
  /// The engine has stopped for good and the process must too. Called once, on a thread of its own.
  ///
  /// @param why in one line
  /// @param cause the exception behind it, if there is one
  void halted(String why, Optional<Throwable> cause);

  /// A validator misbehaved. Called by the engine's thread; must not block.
  void misbehaved(Misbehaviour misbehaviour);
}
