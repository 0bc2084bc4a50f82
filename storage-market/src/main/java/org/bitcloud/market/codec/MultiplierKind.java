package org.bitcloud.market.codec;

/// The ways to multiply in the field; one is chosen when the class is loaded, all give the same.
enum MultiplierKind {
  /// Byte shuffles, where the module `jdk.incubator.vector` is resolved.
  VECTOR,
  /// Plain Java.
  TABLES,
  /// Plain Java at first, byte shuffles once there is enough to do.
  ADAPTIVE;

  /// The fastest that works in this process.
  static final MultiplierKind CHOSEN =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? ADAPTIVE : TABLES;

  MatrixMultiplier of(GaloisMatrix matrix) {
    // The vector class must not even be looked at where its module is missing.
    return switch (this) {
      case VECTOR -> new VectorMultiplier(matrix);
      case TABLES -> new TableMultiplier(matrix);
      case ADAPTIVE ->
          new AdaptiveMultiplier(
              TABLES.of(matrix), () -> VECTOR.of(matrix), AdaptiveMultiplier.WARM_UP_BYTES);
    };
  }

  /// What does the bulk of the work, in a word for the log.
  String text() {
    return this == TABLES ? "tables" : "vector";
  }
}
