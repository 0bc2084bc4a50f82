package org.bitcloud.primitives.crypto;

import org.jspecify.annotations.Nullable;

/// Decides once, when first asked, which implementation this process uses.
final class Secp256k1Choice {
  static final @Nullable Secp256k1 NATIVE = loadNative();
  static final Secp256k1 CHOSEN = NATIVE != null ? NATIVE : Portable.INSTANCE;

  /// Apart, since its tables take a while to load and are seldom needed.
  static final class Portable {
    static final Secp256k1 INSTANCE = new BouncyCastleSecp256k1();

    private Portable() {}
  }

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
