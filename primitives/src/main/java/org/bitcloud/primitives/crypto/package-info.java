/// Hashes, secp256k1 signatures, key stores and mnemonics. Uses the native library where it loads
/// and BouncyCastle elsewhere.
@NullMarked
package org.bitcloud.primitives.crypto;

import org.jspecify.annotations.NullMarked;
