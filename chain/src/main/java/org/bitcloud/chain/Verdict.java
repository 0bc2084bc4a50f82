package org.bitcloud.chain;

import java.time.Instant;
import java.util.Optional;
import org.bitcloud.primitives.Hash;

/// What validation says of a block. Never an exception: an invalid block is an expected thing.
public sealed interface Verdict {
  /// The block keeps every rule looked at.
  record Accepted() implements Verdict {}

  /// The block breaks a rule and always will.
  ///
  /// @param rule the first one broken
  /// @param detail the values that break it
  record Rejected(BlockRule rule, String detail) implements Verdict {
    @Override
    public String toString() {
      return rule.code() + " " + rule.text() + ": " + detail;
    }
  }

  /// Nothing can be said yet.
  ///
  /// @param missing the block that must be known first
  /// @param retryAt the time at which to ask again
  record Deferred(Optional<Hash> missing, Optional<Instant> retryAt) implements Verdict {}

  /// Returns the good verdict.
  static Verdict accepted() {
    return new Accepted();
  }

  /// Returns a final refusal.
  static Verdict rejected(BlockRule rule, String detail) {
    return new Rejected(rule, detail);
  }

  /// Returns the verdict on a block whose parent is not known or not executed.
  static Verdict missing(Hash block) {
    return new Deferred(Optional.of(block), Optional.empty());
  }

  /// Returns the verdict on a block from the future.
  static Verdict notYet(Instant retryAt) {
    return new Deferred(Optional.empty(), Optional.of(retryAt));
  }

  /// Tells whether this is the good verdict.
  default boolean isAccepted() {
    return this instanceof Accepted;
  }
}
