package org.bitcloud.consensus.poa;

import org.bitcloud.primitives.Address;

/// A signer's vote in its block.
///
/// @param subject whom it is on
record Vote(Kind kind, Address subject) {
  /// What is wanted, with its number in seal data.
  enum Kind {
    ADD(1),
    REMOVE(2),
    WITHDRAW(3);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }
}
