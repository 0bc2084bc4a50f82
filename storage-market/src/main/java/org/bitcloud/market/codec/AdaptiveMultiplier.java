package org.bitcloud.market.codec;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Multiplies with tables at first and with vectors once there is enough to do.
///
/// Vector code costs about a second of loading and compiling before it is fast, which a process
/// that stores one small file or reads one range should not pay.
final class AdaptiveMultiplier implements MatrixMultiplier {
  /// Bytes of each input after which vectors have paid for themselves soon.
  static final long WARM_UP_BYTES = 1 << 20;

  private final MatrixMultiplier tables;
  private final Supplier<MatrixMultiplier> vectorMaker;
  private final AtomicLong left;
  private volatile @Nullable MatrixMultiplier vectors;

  /// @param vectorMaker makes what takes over after so many bytes; asked once or twice
  AdaptiveMultiplier(
      MatrixMultiplier tables, Supplier<MatrixMultiplier> vectorMaker, long warmUpBytes) {
    this.tables = tables;
    this.vectorMaker = vectorMaker;
    left = new AtomicLong(warmUpBytes);
  }

  @Override
  public void multiply(
      byte[][] inputs, int inputOffset, byte[][] outputs, int outputOffset, int length) {
    MatrixMultiplier current = vectors;
    if (current == null) {
      current = tables;
      if (left.addAndGet(-length) <= 0) {
        vectors = vectorMaker.get();
      }
    }
    current.multiply(inputs, inputOffset, outputs, outputOffset, length);
  }
}
