package org.bitcloud.market.codec;

import java.util.Locale;

/// The ways to multiply in the field; one is chosen when the class is loaded, both give the same.
enum MultiplierKind {
  /// Byte shuffles, where the module `jdk.incubator.vector` is resolved.
  VECTOR,
  /// Plain Java.
  TABLES;

  /// The fastest that works in this process.
  static final MultiplierKind CHOSEN =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? VECTOR : TABLES;

  MatrixMultiplier of(GaloisMatrix matrix) {
    // The vector class must not even be looked at where its module is missing.
    return switch (this) {
      case VECTOR -> new VectorMultiplier(matrix);
      case TABLES -> new TableMultiplier(matrix);
    };
  }

  /// Its name in log lines.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
