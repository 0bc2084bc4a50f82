package org.bitcloud.node.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Something that a running node does on request; called by any thread, free to block.
@FunctionalInterface
public interface ControlAction {
  /// Does it and answers.
  ObjectNode run(ObjectNode request) throws ControlException;
}
