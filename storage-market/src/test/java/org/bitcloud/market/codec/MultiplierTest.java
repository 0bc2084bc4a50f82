package org.bitcloud.market.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class MultiplierTest {
  @Test
  void everyElementTimesItsInverseIsOne() {
    for (int a = 1; a < 256; a++) {
      assertEquals(1, GaloisField.multiply(a, GaloisField.inverse(a)));
    }
    assertThrows(ArithmeticException.class, () -> GaloisField.inverse(0));
  }

  @Test
  void productsAreThoseOfPolynomialsModulo11d() {
    for (int a = 0; a < 256; a++) {
      for (int b = 0; b < 256; b++) {
        assertEquals(slowProduct(a, b), GaloisField.multiply(a, b));
      }
    }
  }

  @Test
  void aMatrixTimesItsInverseIsTheIdentity() {
    Property.named("matrix inverse")
        .check(
            choices -> {
              int size = choices.between(1, 12);
              int[] shards = distinct(choices, size, choices.between(size, 40));
              GaloisMatrix matrix = GaloisMatrix.ofShards(size, shards);
              GaloisMatrix product = matrix.times(matrix.inverse());
              for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                  assertEquals(row == column ? 1 : 0, product.at(row, column));
                }
              }
            });
  }

  @Test
  void multipliesLikeTheDefinition() {
    Property.named("matrix products")
        .runs(200)
        .check(
            choices -> {
              int columns = choices.between(1, 12);
              int rows = choices.between(1, 20);
              int length = choices.flip() ? choices.between(0, 80) : choices.between(4000, 9000);
              int from = choices.between(0, 20);
              int to = choices.between(0, 20);
              int[] shards = IntStream.range(columns, columns + rows).toArray();
              GaloisMatrix matrix = GaloisMatrix.ofShards(columns, shards);
              byte[][] inputs = new byte[columns][from + length];
              for (byte[] input : inputs) {
                Seeds.random(choices.longBetween(0, 1000)).nextBytes(input);
              }
              byte[][] expected = byDefinition(matrix, inputs, from, to, length);
              byte[][] outputs = new byte[rows][to + length + 3];
              new MatrixMultiplier(matrix).multiply(inputs, from, outputs, to, length);
              for (int row = 0; row < rows; row++) {
                assertArrayEquals(expected[row], outputs[row], "row " + row);
              }
            });
  }

  private static byte[][] byDefinition(
      GaloisMatrix matrix, byte[][] inputs, int from, int to, int length) {
    byte[][] outputs = new byte[matrix.rowCount()][to + length + 3];
    for (int row = 0; row < outputs.length; row++) {
      for (int i = 0; i < length; i++) {
        int sum = 0;
        for (int column = 0; column < inputs.length; column++) {
          sum ^= GaloisField.multiply(matrix.at(row, column), inputs[column][from + i] & 0xff);
        }
        outputs[row][to + i] = (byte) sum;
      }
    }
    return outputs;
  }

  /// `count` different numbers below `bound`.
  static int[] distinct(Choices choices, int count, int bound) {
    int[] all = IntStream.range(0, bound).toArray();
    for (int i = 0; i < count; i++) {
      int other = choices.between(i, bound - 1);
      int moved = all[i];
      all[i] = all[other];
      all[other] = moved;
    }
    return IntStream.of(all).limit(count).toArray();
  }

  private static int slowProduct(int a, int b) {
    int product = 0;
    int shifted = a;
    for (int rest = b; rest != 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        product ^= shifted;
      }
      shifted <<= 1;
      if (shifted > 255) {
        shifted ^= GaloisField.POLYNOMIAL;
      }
    }
    return product;
  }
}
