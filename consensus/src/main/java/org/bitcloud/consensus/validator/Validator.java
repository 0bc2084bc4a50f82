package org.bitcloud.consensus.validator;

/// One member of a validator set.
///
/// @param key what it signs with
/// @param weight its votes, at least 1
public record Validator(ValidatorKey key, long weight) {
  /// Checks the weight.
  public Validator {
    if (weight < 1) {
      throw new IllegalArgumentException("validator of weight " + weight);
    }
  }
}
