package org.bitcloud.consensus;

import java.time.Instant;

/// What an engine's rules say of a header.
public sealed interface HeaderVerdict {
  /// It keeps them.
  record Ok() implements HeaderVerdict {}

  /// It breaks one and always will.
  record Bad(String why) implements HeaderVerdict {}

  /// It comes from the future.
  record NotYet(Instant retryAt) implements HeaderVerdict {}

  /// Returns the good verdict.
  static HeaderVerdict ok() {
    return new Ok();
  }

  /// Returns a final refusal.
  static HeaderVerdict bad(String why) {
    return new Bad(why);
  }
}
