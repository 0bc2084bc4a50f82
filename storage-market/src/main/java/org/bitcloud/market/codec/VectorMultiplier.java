package org.bitcloud.market.codec;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Multiplies sixteen bytes at once by byte shuffles: the product with a fixed coefficient is the
/// XOR of what two tables of sixteen entries say about the low and the high half of the byte.
///
/// Vectors are 128 bits wide on purpose: a wider shuffle crosses lanes, which takes five
/// instructions on AVX2 where two narrow ones take two. Loaded only where the Vector API is.
final class VectorMultiplier implements MatrixMultiplier {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_128;
  private static final int WIDTH = 16;
  private static final int ROWS_AT_ONCE = 4;
  // Two tables for each of four rows.
  private static final int STEP = ROWS_AT_ONCE * 2 * WIDTH;
  // Four outputs and an input of this size stay in the first-level cache.
  private static final int BLOCK = 4096;
  private static final byte LOW_HALF = 15;

  // For four rows after the other: for each input, low and high table of each of the four.
  private final byte[] tables;
  private final int rows;
  private final int columns;

  VectorMultiplier(GaloisMatrix matrix) {
    rows = matrix.rowCount();
    columns = matrix.columnCount();
    int groups = (rows + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
    tables = new byte[groups * columns * STEP];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int at = table(row / ROWS_AT_ONCE, column) + row % ROWS_AT_ONCE * 2 * WIDTH;
        for (int half = 0; half < WIDTH; half++) {
          int factor = matrix.at(row, column);
          tables[at + half] = (byte) GaloisField.multiply(factor, half);
          tables[at + WIDTH + half] = (byte) GaloisField.multiply(factor, half << 4);
        }
      }
    }
  }

  private int table(int group, int column) {
    return (group * columns + column) * STEP;
  }

  @Override
  public void multiply(
      byte[][] inputs, int inputOffset, byte[][] outputs, int outputOffset, int length) {
    byte[] spare = new byte[rows % ROWS_AT_ONCE == 0 ? 0 : outputOffset + length];
    byte[][] four = new byte[ROWS_AT_ONCE][];
    int whole = length - length % WIDTH;
    for (int at = 0; at < whole; at += BLOCK) {
      int block = Math.min(BLOCK, whole - at);
      for (int group = 0; group * ROWS_AT_ONCE < rows; group++) {
        for (int i = 0; i < ROWS_AT_ONCE; i++) {
          int row = group * ROWS_AT_ONCE + i;
          // Rows that do not exist have zero tables; their output is thrown away.
          four[i] = row < rows ? outputs[row] : spare;
        }
        for (int column = 0; column < columns; column++) {
          int table = table(group, column);
          if (column == 0) {
            set(table, inputs[column], inputOffset + at, four, outputOffset + at, block);
          } else {
            add(table, inputs[column], inputOffset + at, four, outputOffset + at, block);
          }
        }
      }
    }
    for (int at = whole; at < length; at++) {
      scalar(inputs, inputOffset + at, outputs, outputOffset + at);
    }
  }

  private ByteVector load(int at) {
    return ByteVector.fromArray(SPECIES, tables, at);
  }

  private static ByteVector highHalf(ByteVector input) {
    // Bytes have no shift of their own on common processors; ints do, and the mask repairs them.
    return input
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHR, 4)
        .reinterpretAsBytes()
        .and(LOW_HALF);
  }

  private void set(int table, byte[] input, int from, byte[][] outputs, int to, int length) {
    ByteVector low0 = load(table);
    ByteVector high0 = load(table + WIDTH);
    ByteVector low1 = load(table + 2 * WIDTH);
    ByteVector high1 = load(table + 3 * WIDTH);
    ByteVector low2 = load(table + 4 * WIDTH);
    ByteVector high2 = load(table + 5 * WIDTH);
    ByteVector low3 = load(table + 6 * WIDTH);
    ByteVector high3 = load(table + 7 * WIDTH);
    byte[] output0 = outputs[0];
    byte[] output1 = outputs[1];
    byte[] output2 = outputs[2];
    byte[] output3 = outputs[3];
    for (int i = 0; i < length; i += WIDTH) {
      ByteVector in = ByteVector.fromArray(SPECIES, input, from + i);
      ByteVector low = in.and(LOW_HALF);
      ByteVector high = highHalf(in);
      product(low, high, low0, high0).intoArray(output0, to + i);
      product(low, high, low1, high1).intoArray(output1, to + i);
      product(low, high, low2, high2).intoArray(output2, to + i);
      product(low, high, low3, high3).intoArray(output3, to + i);
    }
  }

  private void add(int table, byte[] input, int from, byte[][] outputs, int to, int length) {
    ByteVector low0 = load(table);
    ByteVector high0 = load(table + WIDTH);
    ByteVector low1 = load(table + 2 * WIDTH);
    ByteVector high1 = load(table + 3 * WIDTH);
    ByteVector low2 = load(table + 4 * WIDTH);
    ByteVector high2 = load(table + 5 * WIDTH);
    ByteVector low3 = load(table + 6 * WIDTH);
    ByteVector high3 = load(table + 7 * WIDTH);
    byte[] output0 = outputs[0];
    byte[] output1 = outputs[1];
    byte[] output2 = outputs[2];
    byte[] output3 = outputs[3];
    for (int i = 0; i < length; i += WIDTH) {
      ByteVector in = ByteVector.fromArray(SPECIES, input, from + i);
      ByteVector low = in.and(LOW_HALF);
      ByteVector high = highHalf(in);
      sum(product(low, high, low0, high0), output0, to + i);
      sum(product(low, high, low1, high1), output1, to + i);
      sum(product(low, high, low2, high2), output2, to + i);
      sum(product(low, high, low3, high3), output3, to + i);
    }
  }

  private static ByteVector product(
      ByteVector low, ByteVector high, ByteVector lowTable, ByteVector highTable) {
    return low.selectFrom(lowTable).lanewise(VectorOperators.XOR, high.selectFrom(highTable));
  }

  private static void sum(ByteVector product, byte[] output, int at) {
    ByteVector.fromArray(SPECIES, output, at)
        .lanewise(VectorOperators.XOR, product)
        .intoArray(output, at);
  }

  /// One byte of every output, for the end that no vector fills.
  private void scalar(byte[][] inputs, int from, byte[][] outputs, int to) {
    for (int row = 0; row < rows; row++) {
      int sum = 0;
      for (int column = 0; column < columns; column++) {
        int at = table(row / ROWS_AT_ONCE, column) + row % ROWS_AT_ONCE * 2 * WIDTH;
        int in = inputs[column][from] & 0xff;
        sum ^= tables[at + (in & LOW_HALF)] ^ tables[at + WIDTH + (in >>> 4)];
      }
      outputs[row][to] = (byte) sum;
    }
  }
}
