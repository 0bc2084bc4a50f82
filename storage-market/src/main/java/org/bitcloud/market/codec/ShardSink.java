package org.bitcloud.market.codec;

import java.io.IOException;

/// Takes the bytes of the shards of a slab while they are made.
@FunctionalInterface
public interface ShardSink {
  /// Takes the next bytes of one shard's body; the zero tail of the sector is never handed over.
  ///
  /// Called by the thread that encodes, in the order of positions for each shard, the shards in
  /// turn. It may block, which holds the encoder back.
  ///
  /// @param shard 0 to n − 1
  /// @param buffer to be read only, and only until this returns
  /// @throws IOException if the bytes cannot be taken; encoding ends with it
  void write(int shard, byte[] buffer, int offset, int length) throws IOException;
}
