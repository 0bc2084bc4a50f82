package org.bitcloud.market.codec;

import java.util.List;
import java.util.stream.IntStream;
import org.bitcloud.primitives.Bytes;

/// Computes lost masked shards of a slab from k others, for repair.
///
/// It needs the mask key only, so who repairs cannot read the content. For one thread.
public final class ShardRebuilder {
  private static final int STRIP = 1 << 13;

  private final ErasureCode code;
  private final ShardSources sources;
  private final List<Keystream> masks;

  /// A rebuilder of the shards `wanted` from those `present` of the slab with this mask key.
  ///
  /// @throws IllegalArgumentException if `present` are not k different shards of the code
  public ShardRebuilder(ErasureCode code, Bytes maskKey, int[] present, int[] wanted) {
    this.code = code;
    sources = new ShardSources(code, maskKey, present, wanted);
    masks = IntStream.of(wanted).mapToObj(shard -> Keystream.ofShard(maskKey, shard)).toList();
  }

  /// The masked bytes of `range` of every wanted shard.
  ///
  /// @param ranges the masked bytes of `range` of every present shard, proven, in the order named
  /// @throws IndexOutOfBoundsException if an array is too short
  public byte[][] rebuild(byte[][] ranges, ShardRange range) {
    sources.check(ranges, range);
    byte[][] rebuilt = new byte[masks.size()][range.bytes()];
    byte[][] unmasked = new byte[code.dataShards()][STRIP];
    byte[][] computed = new byte[masks.size()][STRIP];
    for (int at = 0; at < range.bytes(); at += STRIP) {
      int strip = Math.min(STRIP, range.bytes() - at);
      sources.strip(ranges, range, at, strip, unmasked, computed);
      for (int i = 0; i < rebuilt.length; i++) {
        masks.get(i).apply((long) range.firstByte() + at, computed[i], 0, rebuilt[i], at, strip);
      }
    }
    return rebuilt;
  }
}
