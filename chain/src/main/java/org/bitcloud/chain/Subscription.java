package org.bitcloud.chain;

/// Ends a subscription when closed; closing twice does no harm.
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
