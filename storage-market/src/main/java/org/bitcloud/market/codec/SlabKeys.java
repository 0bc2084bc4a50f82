package org.bitcloud.market.codec;

import java.security.SecureRandom;
import org.bitcloud.primitives.Bytes;

/// The two keys of one slab; whoever has both can read it.
///
/// A pair must never serve two contents: in counter mode that would give both away.
///
/// @param slabKey 32 bytes under which the content is encrypted; a repairer never gets it
/// @param maskKey 32 bytes from which the mask of each shard is derived
public record SlabKeys(Bytes slabKey, Bytes maskKey) {
  /// The bytes of each key.
  public static final int KEY_BYTES = 32;

  /// Checks the sizes.
  ///
  /// @throws IllegalArgumentException if a key has not 32 bytes
  public SlabKeys {
    if (slabKey.size() != KEY_BYTES || maskKey.size() != KEY_BYTES) {
      throw new IllegalArgumentException("keys of a slab have 32 bytes");
    }
  }

  /// Fresh keys.
  public static SlabKeys generate(SecureRandom random) {
    return new SlabKeys(randomKey(random), randomKey(random));
  }

  private static Bytes randomKey(SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Bytes.wrap(key);
  }

  /// Never shows the keys.
  @Override
  public String toString() {
    return "SlabKeys[hidden]";
  }
}
