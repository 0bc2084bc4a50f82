package org.bitcloud.market.provider;

/// Hears of failures after which the provider must stop: a broken disk, a bug.
@FunctionalInterface
interface FailureSink {
  /// Takes the name of what failed and why.
  void failed(String what, RuntimeException cause);
}
