package org.bitcloud.market.codec;

import java.util.List;
import java.util.stream.IntStream;
import org.bitcloud.market.sector.SectorTree;
import org.bitcloud.primitives.Hash;

/// What all stretches of one slab share while it is encoded.
///
/// @param cipher the encryption of the content
/// @param masks the mask of each shard
/// @param trees the tree of each shard, whose disjoint parts several threads fill
record SlabWork(Keystream cipher, List<Keystream> masks, List<SectorTree> trees) {
  static SlabWork of(SlabKeys keys, int shards, int leavesMax) {
    return new SlabWork(
        Keystream.ofSlab(keys.slabKey()),
        IntStream.range(0, shards).mapToObj(i -> Keystream.ofShard(keys.maskKey(), i)).toList(),
        IntStream.range(0, shards).mapToObj(i -> new SectorTree(leavesMax)).toList());
  }

  List<Hash> roots(int bodyLeaves) {
    return trees.stream().map(tree -> tree.root(bodyLeaves)).toList();
  }
}
