package org.bitcloud.chain;

import java.util.Optional;
import org.bitcloud.primitives.tx.SignedTransaction;

/// Where the transactions of a new block come from, the most wanted first. Used by one thread.
public interface TransactionSource {
  /// Offers nothing.
  TransactionSource EMPTY = Optional::empty;

  /// Returns the next candidate, or empty when there is none. A sender's transactions come in the
  /// order of their nonces.
  Optional<SignedTransaction> next();

  /// Tells that the last candidate does not go into this block.
  ///
  /// @param transaction the candidate
  /// @param code the stable name of the reason
  /// @param detail the reason in words
  default void refused(SignedTransaction transaction, String code, String detail) {}
}
