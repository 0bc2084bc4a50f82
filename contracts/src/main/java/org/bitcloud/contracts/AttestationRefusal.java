package org.bitcloud.contracts;

/// Why an attestation may not be in a block.
///
/// @param code stable code of the rule it breaks
/// @param message the code, and the rule in words
public record AttestationRefusal(String code, String message) {}
