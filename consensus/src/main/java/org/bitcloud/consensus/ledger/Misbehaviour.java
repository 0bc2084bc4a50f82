package org.bitcloud.consensus.ledger;

import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Height;

/// What a validator did that no honest one does.
public sealed interface Misbehaviour {
  /// Who.
  ValidatorKey validator();

  /// It signed two statements that exclude each other.
  record Equivocation(ValidatorKey validator, Bytes first, Bytes second) implements Misbehaviour {}

  /// It proposed a block that breaks a rule; never slashed, but told to the operator.
  record InvalidProposal(ValidatorKey validator, Bytes proposal, String why)
      implements Misbehaviour {}

  /// An engine outside this process says so.
  ///
  /// @param kind its own word
  /// @param height where
  record External(ValidatorKey validator, String kind, Height height) implements Misbehaviour {}
}
