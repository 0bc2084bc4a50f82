package org.bitcloud.consensus.poa;

import org.bitcloud.consensus.HeaderVerdict;

/// The rules of `poa` headers, in the order in which they are judged; `docs/spec/poa-engine.md`.
enum PoaRule {
  SEAL_DATA(1),
  VALIDATORS(2),
  SIGNER(3),
  RECENT(4),
  TIME(5),
  TURN(6),
  SCORE(7),
  VOTE(8),
  SIGNERS(9),
  SEAL(10),
  DRIFT(11);

  private final int number;

  PoaRule(int number) {
    this.number = number;
  }

  /// The rule's stable number, such as `PA-01`.
  String code() {
    return "PA-%02d".formatted(number);
  }

  HeaderVerdict broken(String detail) {
    return HeaderVerdict.bad(code() + " " + detail);
  }
}
