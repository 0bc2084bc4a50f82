package org.bitcloud.chain.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.Sha256;

/// Keys for tests, some of which crowd together after hashing.
final class StateKeys {
  /// Keys whose hashes share their first sixteen bits, so that they meet four pages down.
  static final List<Bytes> CROWDED = crowded();

  private StateKeys() {}

  static Bytes key(int number) {
    return Bytes.ofUtf8("key-" + number);
  }

  /// Forty scattered and the crowded keys.
  static List<Bytes> all() {
    List<Bytes> keys = new ArrayList<>(CROWDED);
    for (int i = 0; i < 40; i++) {
      keys.add(key(-i));
    }
    return keys;
  }

  private static List<Bytes> crowded() {
    Map<Bytes, List<Bytes>> byPrefix = new HashMap<>();
    for (int i = 0; ; i++) {
      Bytes prefix = Sha256.hash(key(i)).bytes().slice(0, 2);
      List<Bytes> group = byPrefix.computeIfAbsent(prefix, any -> new ArrayList<>());
      group.add(key(i));
      if (group.size() == 9) {
        return List.copyOf(group);
      }
    }
  }
}
