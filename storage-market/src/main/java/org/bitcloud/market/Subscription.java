package org.bitcloud.market;

/// A running subscription; closing it twice is no error.
public interface Subscription extends AutoCloseable {
  /// Ends the subscription; a call that is already running may still finish.
  @Override
  void close();
}
