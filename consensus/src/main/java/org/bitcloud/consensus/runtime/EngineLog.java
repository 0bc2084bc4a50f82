package org.bitcloud.consensus.runtime;

import java.util.List;
import org.bitcloud.primitives.Bytes;

/// The write-ahead log of an engine. Called by the engine's thread.
public interface EngineLog {
  /// For engines that keep none: reads as empty and refuses to append.
  EngineLog NONE =
      new EngineLog() {
        @Override
        public void append(Bytes entry, boolean durable) {
          throw new IllegalStateException("this engine was started without a log");
        }

        @Override
        public List<Bytes> entries() {
          return List.of();
        }
      };

  /// Appends an entry.
  ///
  /// @param durable whether it, and all before it, must be on disk on return
  void append(Bytes entry, boolean durable);

  /// The entries that survived, oldest first; a torn end is left out.
  List<Bytes> entries();
}
