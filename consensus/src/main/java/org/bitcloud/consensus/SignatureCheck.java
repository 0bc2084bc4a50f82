package org.bitcloud.consensus;

import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// A signature to check outside the engine's thread.
///
/// @param key whose
/// @param digest over what
/// @param signature 64 bytes
public record SignatureCheck(ValidatorKey key, Hash digest, Bytes signature) {}
