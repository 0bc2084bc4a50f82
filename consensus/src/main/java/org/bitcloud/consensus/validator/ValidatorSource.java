package org.bitcloud.consensus.validator;

import java.util.Optional;
import org.bitcloud.primitives.Hash;

/// Where validator sets come from: a fixed list, stake, bandwidth, a corporation. The engine sees
/// only weights.
public interface ValidatorSource {
  /// The set of `term`, a pure function of the finalised state at the term's boundary.
  ValidatorSet forTerm(long term, StateReader finalizedBoundary);

  /// The set that headers name by `hash`, if it is in force, was so, or is next; empty when this
  /// node has never seen it.
  Optional<ValidatorSet> byHash(Hash hash);

  /// A source that has `set` in every term.
  static ValidatorSource fixed(ValidatorSet set) {
    return new FixedValidators(set);
  }
}
