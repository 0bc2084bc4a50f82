/// Hashes and secp256k1 signatures. Uses the native library where it loads and BouncyCastle
/// elsewhere; both accept exactly the same signatures.
@NullMarked
package org.bitcloud.primitives.crypto;

import org.jspecify.annotations.NullMarked;
