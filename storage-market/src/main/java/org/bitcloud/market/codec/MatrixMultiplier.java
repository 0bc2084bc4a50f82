package org.bitcloud.market.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Multiplies a fixed matrix with columns of bytes: output r is the sum of m(r, c) · input c.
///
/// Eight bytes stand side by side in a `long`. Each input is doubled seven times; an output is the
/// XOR of the doubles that the bits of its coefficient name. The loops are of the plain kind that a
/// just-in-time compiler turns into vector instructions at once, so a process that codes one small
/// file is not held up by warming up. Immutable, so any number of threads may use one.
final class MatrixMultiplier {
  // Eight doubles and a few sums of this size stay in the first-level cache.
  private static final int WORDS = 256;
  private static final int BLOCK = WORDS * Long.BYTES;

  private static final long EACH_BYTE = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7f * EACH_BYTE;
  private static final long REDUCTION = (GaloisField.POLYNOMIAL & 0xff) * EACH_BYTE;

  private final GaloisMatrix matrix;

  MatrixMultiplier(GaloisMatrix matrix) {
    this.matrix = matrix;
  }

  /// Computes `length` bytes of every output from as many of every input.
  ///
  /// Inputs and outputs must be different arrays.
  void multiply(byte[][] inputs, int inputOffset, byte[][] outputs, int outputOffset, int length) {
    long[][] doubles = new long[Byte.SIZE][WORDS];
    long[][] sums = new long[matrix.rowCount()][WORDS];
    for (int at = 0; at < length; at += BLOCK) {
      int block = Math.min(BLOCK, length - at);
      int words = Math.ceilDiv(block, Long.BYTES);
      for (long[] sum : sums) {
        Arrays.fill(sum, 0, words, 0);
      }
      for (int column = 0; column < matrix.columnCount(); column++) {
        load(inputs[column], inputOffset + at, block, doubles[0]);
        doubleUp(doubles, words);
        for (int row = 0; row < sums.length; row++) {
          add(matrix.at(row, column), doubles, sums[row], words);
        }
      }
      for (int row = 0; row < sums.length; row++) {
        store(sums[row], outputs[row], outputOffset + at, block);
      }
    }
  }

  private static void doubleUp(long[][] doubles, int words) {
    doubleThrice(doubles[0], doubles[1], doubles[2], doubles[3], words);
    doubleThrice(doubles[3], doubles[4], doubles[5], doubles[6], words);
    for (int i = 0; i < words; i++) {
      doubles[7][i] = doubled(doubles[6][i]);
    }
  }

  // Three at a time save reading back what was just written.
  private static void doubleThrice(long[] one, long[] two, long[] four, long[] eight, int words) {
    for (int i = 0; i < words; i++) {
      long twice = doubled(one[i]);
      long fourfold = doubled(twice);
      two[i] = twice;
      four[i] = fourfold;
      eight[i] = doubled(fourfold);
    }
  }

  // Each byte times x: shifted, and reduced where its highest bit fell off.
  private static long doubled(long bytes) {
    long fallen = (bytes >>> 7) & EACH_BYTE;
    // (f << 8) - f is 255 f: all bits of the bytes that lost one.
    return ((bytes & LOW_BITS) << 1) ^ (((fallen << 8) - fallen) & REDUCTION);
  }

  /// Adds factor times input to a sum, up to four doubles in one pass.
  private static void add(int factor, long[][] doubles, long[] sum, int words) {
    int rest = factor;
    while (Integer.bitCount(rest) >= 4) {
      long[] a = doubles[Integer.numberOfTrailingZeros(rest)];
      rest &= rest - 1;
      long[] b = doubles[Integer.numberOfTrailingZeros(rest)];
      rest &= rest - 1;
      long[] c = doubles[Integer.numberOfTrailingZeros(rest)];
      rest &= rest - 1;
      long[] d = doubles[Integer.numberOfTrailingZeros(rest)];
      rest &= rest - 1;
      add(a, b, c, d, sum, words);
    }
    if (Integer.bitCount(rest) >= 2) {
      long[] a = doubles[Integer.numberOfTrailingZeros(rest)];
      rest &= rest - 1;
      add(a, doubles[Integer.numberOfTrailingZeros(rest)], sum, words);
      rest &= rest - 1;
    }
    if (rest != 0) {
      add(doubles[Integer.numberOfTrailingZeros(rest)], sum, words);
    }
  }

  private static void add(long[] a, long[] sum, int words) {
    for (int i = 0; i < words; i++) {
      sum[i] ^= a[i];
    }
  }

  private static void add(long[] a, long[] b, long[] sum, int words) {
    for (int i = 0; i < words; i++) {
      sum[i] ^= a[i] ^ b[i];
    }
  }

  private static void add(long[] a, long[] b, long[] c, long[] d, long[] sum, int words) {
    for (int i = 0; i < words; i++) {
      sum[i] ^= a[i] ^ b[i] ^ c[i] ^ d[i];
    }
  }

  // The order of the bytes in a word is of no matter, as long as it is the same on the way back.
  private static void load(byte[] input, int offset, int length, long[] words) {
    int whole = length / Long.BYTES;
    MemorySegment.copy(
        MemorySegment.ofArray(input), ValueLayout.JAVA_LONG_UNALIGNED, offset, words, 0, whole);
    if (length % Long.BYTES != 0) {
      words[whole] = 0;
      MemorySegment.copy(
          MemorySegment.ofArray(input),
          offset + (long) whole * Long.BYTES,
          MemorySegment.ofArray(words),
          (long) whole * Long.BYTES,
          length % Long.BYTES);
    }
  }

  private static void store(long[] words, byte[] output, int offset, int length) {
    MemorySegment.copy(
        MemorySegment.ofArray(words), 0, MemorySegment.ofArray(output), offset, length);
  }
}
