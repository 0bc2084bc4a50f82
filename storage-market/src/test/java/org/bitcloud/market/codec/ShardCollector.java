package org.bitcloud.market.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.Stream;

/// A sink that keeps the bodies of all shards of one slab.
final class ShardCollector implements ShardSink {
  private final ByteArrayOutputStream[] bodies;

  ShardCollector(int shards) {
    bodies =
        Stream.generate(ByteArrayOutputStream::new)
            .limit(shards)
            .toArray(ByteArrayOutputStream[]::new);
  }

  @Override
  public void write(int shard, byte[] buffer, int offset, int length) {
    bodies[shard].write(buffer, offset, length);
  }

  byte[] body(int shard) {
    return bodies[shard].toByteArray();
  }

  /// The bytes of a range of each of these shards.
  byte[][] ranges(int[] shards, ShardRange range) {
    return Arrays.stream(shards)
        .mapToObj(this::body)
        .map(body -> Arrays.copyOfRange(body, range.firstByte(), range.firstByte() + range.bytes()))
        .toArray(byte[][]::new);
  }
}
