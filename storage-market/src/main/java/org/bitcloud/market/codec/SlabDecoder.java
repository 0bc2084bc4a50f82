package org.bitcloud.market.codec;

import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Gives back ranges of one slab from the same leaves of any k of its masked shards.
///
/// The bytes it is given must have passed their proofs: a code without errors corrects none. Usable
/// by any number of threads; ranges of a slab are independent of each other, so a long one is best
/// read piece by piece.
public final class SlabDecoder {
  private static final int STRIP = 1 << 13;

  private final ErasureCode code;
  private final SlabKeys keys;
  private final Keystream cipher;
  // The last combination of shards: as a rule the same one answers many ranges.
  private volatile @Nullable ShardSources lastSources;

  /// A decoder of the slab that was encoded under these keys.
  public SlabDecoder(ErasureCode code, SlabKeys keys) {
    this.code = code;
    this.keys = keys;
    cipher = Keystream.ofSlab(keys.slabKey());
  }

  /// Computes bytes of the slab.
  ///
  /// @param shards k different shards
  /// @param ranges the masked bytes of `range` of each of them, in that order
  /// @param range as [SlabLayout#shardRange] gives it, or more
  /// @param from the position in the slab of the first byte wanted
  /// @throws IndexOutOfBoundsException if the bytes wanted are not inside the range, or an array is
  ///   too short
  /// @throws IllegalArgumentException if these are not k different shards
  public void decode(
      int[] shards,
      byte[][] ranges,
      ShardRange range,
      int from,
      int length,
      byte[] output,
      int outputOffset) {
    ShardSources sources = sourcesOf(shards);
    sources.check(ranges, range);
    Objects.checkFromIndexSize(outputOffset, length, output.length);
    int dataShards = code.dataShards();
    int start = from - range.firstByte() * dataShards;
    Objects.checkFromIndexSize(start, length, range.bytes() * dataShards);
    int stripe = SlabLayout.UNIT_BYTES * dataShards;
    int firstRow = start / stripe * SlabLayout.UNIT_BYTES;
    int endRow = Math.ceilDiv(start + length, stripe) * SlabLayout.UNIT_BYTES;

    byte[][] unmasked = new byte[dataShards][STRIP];
    byte[][] computed = new byte[sources.wantedCount()][STRIP];
    byte[][] data = sources.dataOf(unmasked, computed);
    byte[] encrypted = new byte[dataShards * STRIP];
    for (int at = firstRow; at < endRow; at += STRIP) {
      int strip = Math.min(STRIP, endRow - at);
      sources.strip(ranges, range, at, strip, unmasked, computed);
      Stripes.gather(data, encrypted, dataShards, strip);
      int first = Math.max(start, at * dataShards);
      int end = Math.min(start + length, (at + strip) * dataShards);
      cipher.apply(
          (long) range.firstByte() * dataShards + first,
          encrypted,
          first - at * dataShards,
          output,
          outputOffset + first - start,
          end - first);
    }
  }

  private ShardSources sourcesOf(int[] shards) {
    ShardSources sources = lastSources;
    if (sources == null || !sources.isOf(shards)) {
      sources = new ShardSources(code, keys.maskKey(), shards, missing(shards));
      lastSources = sources;
    }
    return sources;
  }

  /// The data shards that have to be computed.
  private int[] missing(int[] shards) {
    return IntStream.range(0, code.dataShards())
        .filter(data -> IntStream.of(shards).noneMatch(shard -> shard == data))
        .toArray();
  }
}
