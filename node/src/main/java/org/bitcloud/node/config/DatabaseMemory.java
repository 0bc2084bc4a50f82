package org.bitcloud.node.config;

/// How much memory the database may take where nothing is said.
final class DatabaseMemory {
  private static final int SHARE_OF_HEAP = 4;
  private static final long MIB_MIN = 256;
  private static final long MIB_MAX = 4_096;

  private DatabaseMemory() {}

  /// A quarter of the heap's limit, which itself is a quarter of the machine's memory unless the
  /// operator sets another; at least 256 and at most 4,096 MiB.
  static long mib(long heapBytesMax) {
    return Math.clamp((heapBytesMax / SHARE_OF_HEAP) >> 20, MIB_MIN, MIB_MAX);
  }
}
