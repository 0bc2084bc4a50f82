package org.bitcloud.market.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bitcloud.primitives.Bytes;

/// How to compute certain unmasked shards from the masked bytes of k others.
final class ShardSources {
  private final int[] present;
  private final int[] wanted;
  private final List<Keystream> masks;
  private final ErasureCode.Reconstruction reconstruction;

  /// @param present k different shards
  /// @param wanted shards to compute
  ShardSources(ErasureCode code, Bytes maskKey, int[] present, int[] wanted) {
    this.present = present.clone();
    this.wanted = wanted.clone();
    reconstruction = code.reconstruction(present, wanted);
    masks = IntStream.of(present).mapToObj(i -> Keystream.ofShard(maskKey, i)).toList();
  }

  boolean isOf(int[] shards) {
    return Arrays.equals(present, shards);
  }

  /// Checks that there is one array of the range's size for each present shard.
  void check(byte[][] ranges, ShardRange range) {
    if (ranges.length != present.length) {
      throw new IllegalArgumentException(present.length + " ranges expected");
    }
    for (byte[] bytes : ranges) {
      Objects.checkFromIndexSize(0, range.bytes(), bytes.length);
    }
  }

  int wantedCount() {
    return wanted.length;
  }

  /// The data shards in order, each the array where [#strip] put it, when all of them are either
  /// present or wanted.
  byte[][] dataOf(byte[][] unmasked, byte[][] computed) {
    byte[][] data = new byte[present.length][];
    for (int i = 0; i < present.length; i++) {
      if (present[i] < data.length) {
        data[present[i]] = unmasked[i];
      }
    }
    for (int i = 0; i < wanted.length; i++) {
      data[wanted[i]] = computed[i];
    }
    return data;
  }

  /// Unmasks a strip of every present shard and computes the wanted ones from it.
  ///
  /// @param at where the strip begins in the ranges
  /// @param unmasked receives the present shards from index 0 on
  /// @param computed receives the wanted shards from index 0 on
  void strip(
      byte[][] ranges, ShardRange range, int at, int length, byte[][] unmasked, byte[][] computed) {
    for (int i = 0; i < present.length; i++) {
      masks.get(i).apply((long) range.firstByte() + at, ranges[i], at, unmasked[i], 0, length);
    }
    reconstruction.apply(unmasked, computed, 0, length);
  }
}
