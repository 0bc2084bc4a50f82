package org.bitcloud.chain.pool;

/// What became of an attestation handed to the pool.
public sealed interface AttestationVerdict {
  /// It waits for a block.
  record Added() implements AttestationVerdict {}

  /// It does not enter.
  ///
  /// @param rule why
  /// @param detail more about it, perhaps empty
  record Refused(AttestationRule rule, String detail) implements AttestationVerdict {
    /// The reason in words.
    public String message() {
      return detail.isEmpty() ? rule.text() : rule.text() + ": " + detail;
    }
  }
}
