package org.bitcloud.consensus;

/// What an engine outside this process tells about itself. Calls must not block.
public interface EngineEvents {
  /// Its state in one line, for logs and status pages.
  void status(String line);

  /// It cannot go on, and neither can the node.
  void failed(String why);
}
