package org.bitcloud.market.codec;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/// A systematic Reed-Solomon code: any k of n shards give back all of them.
///
/// Data shards are 0 to k − 1, parity shards k to n − 1; the matrix is that of
/// `docs/spec/object.md` 2. Every position of the shards is coded by itself, so shards may be
/// worked on in strips of any length. Immutable and usable by any number of threads.
public final class ErasureCode {
  /// The most shards there may be.
  public static final int SHARDS_MAX = 255;

  private final int dataShards;
  private final int shards;
  private final MatrixMultiplier parity;

  private ErasureCode(int dataShards, int shards) {
    this.dataShards = dataShards;
    this.shards = shards;
    int[] parityIndices = IntStream.range(dataShards, shards).toArray();
    parity = new MatrixMultiplier(GaloisMatrix.ofShards(dataShards, columnsOrOne(parityIndices)));
  }

  // A matrix without rows does not know its columns; with no parity any row serves, unused.
  private static int[] columnsOrOne(int[] parityIndices) {
    return parityIndices.length == 0 ? new int[] {0} : parityIndices;
  }

  /// The code with k data shards among n.
  ///
  /// @throws IllegalArgumentException unless 1 ≤ k ≤ n ≤ 255
  public static ErasureCode of(int dataShards, int shards) {
    if (dataShards < 1 || dataShards > shards || shards > SHARDS_MAX) {
      throw new IllegalArgumentException(
          "an erasure code needs 1 to 255 shards and no more data shards than shards, not "
              + dataShards
              + " of "
              + shards);
    }
    return new ErasureCode(dataShards, shards);
  }

  /// The number k of shards that suffice.
  public int dataShards() {
    return dataShards;
  }

  /// The number n of all shards.
  public int shards() {
    return shards;
  }

  /// The number of shards beyond the data.
  public int parityShards() {
    return shards - dataShards;
  }

  /// Computes a strip of the parity shards from the same strip of the data shards.
  ///
  /// @param strips n different arrays: the first k are read, the others written
  /// @param offset where the strip begins in each array
  /// @throws IndexOutOfBoundsException if the strip is not inside every array
  public void encode(byte[][] strips, int offset, int length) {
    check(strips, shards, offset, length);
    if (parityShards() > 0) {
      byte[][] data = Arrays.copyOfRange(strips, 0, dataShards);
      byte[][] wanted = Arrays.copyOfRange(strips, dataShards, shards);
      parity.multiply(data, offset, wanted, offset, length);
    }
  }

  /// A way to compute some shards from k others; making it costs about k³ steps, so keep it.
  ///
  /// @param present k different shards that will be given
  /// @param wanted the shards to compute, data or parity
  /// @throws IllegalArgumentException if these are not shards of this code
  public Reconstruction reconstruction(int[] present, int[] wanted) {
    long distinct = IntStream.of(present).distinct().count();
    boolean known =
        IntStream.concat(IntStream.of(present), IntStream.of(wanted))
            .allMatch(shard -> shard >= 0 && shard < shards);
    if (present.length != dataShards || distinct != dataShards || !known) {
      throw new IllegalArgumentException(
          dataShards + " different shards below " + shards + " are needed to rebuild others");
    }
    if (wanted.length == 0) {
      return new Reconstruction(dataShards, 0, parity);
    }
    GaloisMatrix solved = GaloisMatrix.ofShards(dataShards, present).inverse();
    GaloisMatrix matrix = GaloisMatrix.ofShards(dataShards, wanted).times(solved);
    return new Reconstruction(dataShards, wanted.length, new MatrixMultiplier(matrix));
  }

  private static void check(byte[][] strips, int count, int offset, int length) {
    if (strips.length != count) {
      throw new IllegalArgumentException(count + " shards expected, not " + strips.length);
    }
    for (byte[] strip : strips) {
      Objects.checkFromIndexSize(offset, length, strip.length);
    }
  }

  /// Computes certain shards from certain others, strip by strip. Immutable.
  public static final class Reconstruction {
    private final int presentCount;
    private final int wantedCount;
    private final MatrixMultiplier multiplier;

    private Reconstruction(int presentCount, int wantedCount, MatrixMultiplier multiplier) {
      this.presentCount = presentCount;
      this.wantedCount = wantedCount;
      this.multiplier = multiplier;
    }

    /// Computes a strip of the wanted shards.
    ///
    /// @param present strips of the shards that were named present, in that order
    /// @param wanted arrays to write to, other ones, in the order they were named
    /// @param offset where the strip begins in each array
    /// @throws IndexOutOfBoundsException if the strip is not inside every array
    public void apply(byte[][] present, byte[][] wanted, int offset, int length) {
      check(present, presentCount, offset, length);
      check(wanted, wantedCount, offset, length);
      if (wantedCount > 0) {
        multiplier.multiply(present, offset, wanted, offset, length);
      }
    }
  }
}
