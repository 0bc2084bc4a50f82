package org.bitcloud.node.cli;

import java.util.Map;
import org.bitcloud.node.config.Setting;
import org.jspecify.annotations.Nullable;

/// Flags as a layer of settings.
final class Flags {
  private Flags() {}

  /// Adds a flag that was given.
  static void put(Map<Setting, String> flags, Setting setting, @Nullable Object value) {
    if (value != null) {
      flags.put(setting, value.toString());
    }
  }
}
