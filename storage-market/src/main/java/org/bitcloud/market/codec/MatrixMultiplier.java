package org.bitcloud.market.codec;

/// Multiplies a fixed matrix with columns of bytes: output r is the sum of m(r, c) · input c.
///
/// Immutable, so any number of threads may use one.
sealed interface MatrixMultiplier permits AdaptiveMultiplier, TableMultiplier, VectorMultiplier {
  /// Computes `length` bytes of every output from as many of every input.
  ///
  /// Inputs and outputs must be different arrays.
  void multiply(byte[][] inputs, int inputOffset, byte[][] outputs, int outputOffset, int length);
}
