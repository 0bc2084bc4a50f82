package org.bitcloud.chain.pool;

/// Why an attestation does not enter the pool; each has a stable code.
public enum AttestationRule {
  /// It waits already.
  ALREADY_KNOWN("AP-01", "already known"),
  /// No rules for attestations are active in the next block.
  INACTIVE("AP-02", "no rules for attestations are active"),
  /// It was signed for another network.
  WRONG_CHAIN("AP-03", "wrong chain id"),
  /// A signature belongs to no key.
  SIGNATURE("AP-04", "invalid signature"),
  /// Another one of the same target and window waits.
  WINDOW_TAKEN("AP-05", "another attestation of this target and window waits"),
  /// The pool holds as many as it may.
  POOL_FULL("AP-06", "the pool of attestations is full"),
  /// The rules refuse it on the state of the head.
  NOT_DUE("AP-07", "refused by the rules");

  private final String code;
  private final String text;

  AttestationRule(String code, String text) {
    this.code = code;
    this.text = text;
  }

  /// The stable code.
  public String code() {
    return code;
  }

  /// The reason in words.
  public String text() {
    return text;
  }
}
