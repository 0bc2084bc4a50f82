package org.bitcloud.market.codec;

import java.util.List;
import org.bitcloud.primitives.Hash;

/// What came of a slab whose shards have all been handed out.
///
/// @param keys the keys it was encoded under
/// @param length bytes of content; 0 where the stream had ended, and then there are no shards
/// @param bodyBytes bytes of every shard that were handed out, whole leaves; zeros follow them
/// @param roots the sector root of each of the n shards
public record EncodedSlab(SlabKeys keys, int length, int bodyBytes, List<Hash> roots) {
  /// Keeps its own copy of the list.
  public EncodedSlab {
    roots = List.copyOf(roots);
  }
}
