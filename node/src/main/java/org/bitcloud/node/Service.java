package org.bitcloud.node;

/// A part of the process that runs; started and stopped in a written order.
public interface Service {
  /// A word for logs.
  String name();

  /// Opens what it needs and returns once it serves.
  void start() throws ServiceException;

  /// Stops within seconds; does nothing where it does not run.
  void stop();
}
