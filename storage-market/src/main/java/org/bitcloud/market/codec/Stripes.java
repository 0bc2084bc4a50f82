package org.bitcloud.market.codec;

/// Moves encrypted bytes between the slab and its data shards, 64 at a time in turn.
final class Stripes {
  private Stripes() {}

  /// Spreads whole stripes over the beginning of the first k arrays.
  ///
  /// @param length bytes of each shard, a multiple of 64
  static void scatter(byte[] slab, byte[][] shards, int dataShards, int length) {
    int from = 0;
    for (int to = 0; to < length; to += SlabLayout.UNIT_BYTES) {
      for (int shard = 0; shard < dataShards; shard++) {
        System.arraycopy(slab, from, shards[shard], to, SlabLayout.UNIT_BYTES);
        from += SlabLayout.UNIT_BYTES;
      }
    }
  }

  /// The reverse of [#scatter].
  static void gather(byte[][] shards, byte[] slab, int dataShards, int length) {
    int to = 0;
    for (int from = 0; from < length; from += SlabLayout.UNIT_BYTES) {
      for (int shard = 0; shard < dataShards; shard++) {
        System.arraycopy(shards[shard], from, slab, to, SlabLayout.UNIT_BYTES);
        to += SlabLayout.UNIT_BYTES;
      }
    }
  }
}
