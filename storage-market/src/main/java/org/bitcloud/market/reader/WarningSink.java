package org.bitcloud.market.reader;

/// Hears of providers that answered wrongly while an object was read all the same.
@FunctionalInterface
public interface WarningSink {
  /// Drops what it hears.
  WarningSink NONE = _ -> {};

  /// Takes one sentence for people; called by any thread.
  void warn(String what);
}
