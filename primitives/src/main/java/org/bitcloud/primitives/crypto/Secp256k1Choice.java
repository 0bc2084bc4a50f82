package org.bitcloud.primitives.crypto;

import org.jspecify.annotations.Nullable;

/// Decides once, when first asked, which implementation this process uses.
final class Secp256k1Choice {
  static final Secp256k1 PORTABLE = new BouncyCastleSecp256k1();
  static final @Nullable Secp256k1 NATIVE = loadNative();
  static final Secp256k1 CHOSEN = NATIVE != null ? NATIVE : PORTABLE;

  private Secp256k1Choice() {}

  private static @Nullable Secp256k1 loadNative() {
    try {
      return new NativeSecp256k1(fr.acinq.secp256k1.Secp256k1.get());
    } catch (IllegalStateException | LinkageError e) {
      // No library for this operating system or processor, or no right to load it: the portable
      // one serves, and its name in the log says so.
      return null;
    }
  }
}
