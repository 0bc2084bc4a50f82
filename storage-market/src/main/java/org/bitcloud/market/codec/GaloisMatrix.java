package org.bitcloud.market.codec;

import java.util.Arrays;

/// A matrix over [GaloisField], never changed once made.
final class GaloisMatrix {
  private final int[][] rows;

  private GaloisMatrix(int[][] rows) {
    this.rows = rows;
  }

  /// The rows of the given shards: identity for data shards, Cauchy for parity shards.
  ///
  /// Element c of row r ≥ k is 1 / (r XOR c); the two never coincide because c < k ≤ r.
  static GaloisMatrix ofShards(int dataShards, int[] shards) {
    int[][] rows = new int[shards.length][dataShards];
    for (int i = 0; i < shards.length; i++) {
      int shard = shards[i];
      for (int column = 0; column < dataShards; column++) {
        if (shard >= dataShards) {
          rows[i][column] = GaloisField.inverse(shard ^ column);
        } else if (shard == column) {
          rows[i][column] = 1;
        }
      }
    }
    return new GaloisMatrix(rows);
  }

  int rowCount() {
    return rows.length;
  }

  int columnCount() {
    return rows[0].length;
  }

  int at(int row, int column) {
    return rows[row][column];
  }

  GaloisMatrix times(GaloisMatrix other) {
    int[][] product = new int[rowCount()][other.columnCount()];
    for (int row = 0; row < rowCount(); row++) {
      for (int column = 0; column < other.columnCount(); column++) {
        int sum = 0;
        for (int i = 0; i < columnCount(); i++) {
          sum ^= GaloisField.multiply(rows[row][i], other.rows[i][column]);
        }
        product[row][column] = sum;
      }
    }
    return new GaloisMatrix(product);
  }

  /// The inverse of a square matrix, by Gauss-Jordan elimination.
  ///
  /// @throws ArithmeticException if there is none
  GaloisMatrix inverse() {
    int size = rowCount();
    int[][] left = new int[size][];
    int[][] right = new int[size][size];
    for (int i = 0; i < size; i++) {
      left[i] = rows[i].clone();
      right[i][i] = 1;
    }
    for (int column = 0; column < size; column++) {
      int pivot = pivot(left, column);
      swap(left, column, pivot);
      swap(right, column, pivot);
      int factor = GaloisField.inverse(left[column][column]);
      scale(left[column], factor);
      scale(right[column], factor);
      for (int row = 0; row < size; row++) {
        if (row != column && left[row][column] != 0) {
          int multiple = left[row][column];
          subtract(left[row], left[column], multiple);
          subtract(right[row], right[column], multiple);
        }
      }
    }
    return new GaloisMatrix(right);
  }

  private static int pivot(int[][] matrix, int column) {
    for (int row = column; row < matrix.length; row++) {
      if (matrix[row][column] != 0) {
        return row;
      }
    }
    throw new ArithmeticException("matrix is singular");
  }

  private static void swap(int[][] matrix, int one, int other) {
    int[] row = matrix[one];
    matrix[one] = matrix[other];
    matrix[other] = row;
  }

  private static void scale(int[] row, int factor) {
    Arrays.setAll(row, i -> GaloisField.multiply(row[i], factor));
  }

  private static void subtract(int[] row, int[] other, int factor) {
    Arrays.setAll(row, i -> row[i] ^ GaloisField.multiply(other[i], factor));
  }
}
