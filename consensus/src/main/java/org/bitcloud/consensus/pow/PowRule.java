package org.bitcloud.consensus.pow;

import org.bitcloud.consensus.HeaderVerdict;

/// The rules of `pow` headers, in the order in which they are judged; `docs/spec/pow-engine.md`.
enum PowRule {
  SEAL_DATA(1),
  SEAL_PROOF(2),
  TIME(3),
  VALIDATORS(4),
  TARGET(5),
  NEXT_TARGET(6),
  WORK(7),
  HASH(8),
  DRIFT(9);

  private final int number;

  PowRule(int number) {
    this.number = number;
  }

  /// The rule's stable number, such as `PW-01`.
  String code() {
    return "PW-%02d".formatted(number);
  }

  HeaderVerdict broken(String detail) {
    return HeaderVerdict.bad(code() + " " + detail);
  }
}
