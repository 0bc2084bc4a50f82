package org.bitcloud.node.devnet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bitcloud.node.ServiceException;

/// One node of a devnet, in this process or another; its calls are serialised by the devnet.
interface DevnetNode {
  /// Its name, such as `provider-1`.
  String id();

  /// Its part: `validator`, `provider` or `gateway`.
  String role();

  /// Whether it runs.
  boolean isRunning();

  /// Starts it and returns once it serves; does nothing where it runs.
  void start() throws ServiceException;

  /// Stops it in order.
  void stop();

  /// Ends it without warning, as a crash would.
  void kill();

  /// What scripts want to know of it.
  ObjectNode describe();
}
