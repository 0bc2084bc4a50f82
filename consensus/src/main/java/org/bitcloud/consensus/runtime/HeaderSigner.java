package org.bitcloud.consensus.runtime;

import java.util.Optional;
import org.bitcloud.consensus.SignIntent;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;

/// Seals headers with a key in memory. Has no guard, so it refuses proposals and votes: it is for
/// engines in which a second seal at one height does no harm: nobody else can seal there, or the
/// seal of another branch is what the rules ask for.
public final class HeaderSigner implements Signer {
  private final KeyPair key;

  /// Signs with `key`, which stays the caller's to close.
  public HeaderSigner(KeyPair key) {
    this.key = key;
  }

  @Override
  public Optional<Bytes> sign(SignIntent intent) {
    return switch (intent) {
      case SignIntent.SealHeader seal -> Optional.of(key.sign(seal.header()).toBytes65());
      case SignIntent.Vote _, SignIntent.Propose _ -> Optional.empty();
    };
  }
}
