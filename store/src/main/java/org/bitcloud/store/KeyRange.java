package org.bitcloud.store;

import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// A range of keys.
///
/// @param from the first key inside
/// @param to the first key after it, or null for no end
public record KeyRange(Bytes from, @Nullable Bytes to) {
  /// Every key.
  public static final KeyRange ALL = new KeyRange(Bytes.EMPTY, null);

  /// All keys that start with a prefix.
  public static KeyRange prefix(Bytes prefix) {
    return new KeyRange(prefix, successor(prefix));
  }

  /// All keys from one on.
  public static KeyRange from(Bytes from) {
    return new KeyRange(from, null);
  }

  /// All keys from one up to, not including, another.
  public static KeyRange between(Bytes from, Bytes to) {
    return new KeyRange(from, to);
  }

  /// Whether a key is inside.
  public boolean contains(Bytes key) {
    return key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
  }

  /// The smallest key larger than all that start with the prefix, or null if there is none.
  private static @Nullable Bytes successor(Bytes prefix) {
    byte[] bytes = prefix.toArray();
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] != (byte) 0xff) {
        bytes[i]++;
        return Bytes.copyOf(bytes, 0, i + 1);
      }
    }
    return null;
  }
}
