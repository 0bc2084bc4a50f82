package org.bitcloud.market.codec;

import org.bitcloud.market.sector.Sector;

/// Where the bytes of one slab lie in its shards (`docs/spec/object.md` 2).
///
/// @param dataShards the number k of data shards, 1 to 255
/// @param length bytes of content, 1 to k × 4 MiB
public record SlabLayout(int dataShards, int length) {
  /// Bytes that go to one shard before the next one's turn.
  static final int UNIT_BYTES = 64;

  /// Checks the bounds.
  ///
  /// @throws IllegalArgumentException if a parameter is out of them
  public SlabLayout {
    if (length < 1 || length > capacity(dataShards)) {
      throw new IllegalArgumentException(
          "a slab of " + dataShards + " data shards cannot hold " + length + " bytes");
    }
  }

  /// The most bytes a slab can hold.
  ///
  /// @throws IllegalArgumentException unless there are 1 to 255 data shards
  public static int capacity(int dataShards) {
    if (dataShards < 1 || dataShards > ErasureCode.SHARDS_MAX) {
      throw new IllegalArgumentException("no number of data shards: " + dataShards);
    }
    return dataShards * Sector.BYTES;
  }

  /// Leaves of every shard before its zero tail.
  public int bodyLeaves() {
    return leavesFor(dataShards, length);
  }

  /// Bytes of every shard before its zero tail.
  public int bodyBytes() {
    return bodyLeaves() * Sector.LEAF_BYTES;
  }

  /// How many leaves of every shard so many bytes take.
  static int leavesFor(int dataShards, int bytes) {
    int row = dataShards * Sector.LEAF_BYTES;
    return Math.ceilDiv(bytes, row);
  }

  /// The leaves that each of k shards must give so that a range of the slab can be read.
  ///
  /// @throws IndexOutOfBoundsException if the range is empty or not inside the slab
  public ShardRange shardRange(int from, int length) {
    if (from < 0 || length < 1 || length > this.length - from) {
      throw new IndexOutOfBoundsException(
          "no range of a slab of " + this.length + " bytes: " + length + " from " + from + " on");
    }
    int row = dataShards * Sector.LEAF_BYTES;
    int first = from / row;
    return new ShardRange(first, Math.ceilDiv(from + length, row) - first);
  }
}
