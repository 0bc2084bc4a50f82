package org.bitcloud.market.codec;

import java.util.Arrays;

/// Multiplies in plain Java, eight outputs at once: one look-up gives the products of an input byte
/// with eight coefficients, side by side in a `long`.
///
/// Used where the Vector API is not available.
final class TableMultiplier implements MatrixMultiplier {
  private static final int LANES = Long.BYTES;
  // Small enough that a block of sums and the tables of two inputs stay in the first-level cache.
  private static final int BLOCK = 1024;

  // Indexed by group of eight outputs, input, byte.
  private final long[][][] tables;
  private final int rows;

  TableMultiplier(GaloisMatrix matrix) {
    rows = matrix.rowCount();
    tables = new long[(rows + LANES - 1) / LANES][matrix.columnCount()][256];
    for (int row = 0; row < rows; row++) {
      int shift = Byte.SIZE * (row % LANES);
      for (int column = 0; column < matrix.columnCount(); column++) {
        long[] table = tables[row / LANES][column];
        for (int value = 0; value < table.length; value++) {
          table[value] |= (long) GaloisField.multiply(matrix.at(row, column), value) << shift;
        }
      }
    }
  }

  @Override
  public void multiply(
      byte[][] inputs, int inputOffset, byte[][] outputs, int outputOffset, int length) {
    long[] sums = new long[Math.min(BLOCK, length)];
    for (int at = 0; at < length; at += BLOCK) {
      int block = Math.min(BLOCK, length - at);
      for (int group = 0; group < tables.length; group++) {
        Arrays.fill(sums, 0);
        for (int column = 0; column < inputs.length; column++) {
          add(tables[group][column], inputs[column], inputOffset + at, sums, block);
        }
        for (int row = group * LANES; row < Math.min(rows, (group + 1) * LANES); row++) {
          spread(sums, Byte.SIZE * (row % LANES), outputs[row], outputOffset + at, block);
        }
      }
    }
  }

  private static void add(long[] table, byte[] input, int offset, long[] sums, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] ^= table[input[offset + i] & 0xff];
    }
  }

  private static void spread(long[] sums, int shift, byte[] output, int offset, int length) {
    for (int i = 0; i < length; i++) {
      output[offset + i] = (byte) (sums[i] >>> shift);
    }
  }
}
