package org.bitcloud.market.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.market.sector.SectorTree;

/// A stretch of one slab on its way through the codec: 64 KiB of every shard, or less at the end.
///
/// The unit of parallel work: its content and its shards have buffers of their own, which are used
/// again for later stretches. For one thread at a time.
final class SlabSpan {
  /// Leaves of each shard that a full stretch holds.
  static final int LEAVES = 128;

  private static final int BYTES = LEAVES * Sector.LEAF_BYTES;
  // What is worked on at once should stay in the second-level cache.
  private static final int STRIP = 1 << 13;

  private final ErasureCode code;
  private final byte[] content;
  private final byte[][] masked;
  private final byte[] encrypted;
  private final byte[][] strips;
  private final KeystreamCursor cipher = new KeystreamCursor();
  private final KeystreamCursor[] masks;
  private int firstLeaf;
  private int length;

  SlabSpan(ErasureCode code) {
    this.code = code;
    content = new byte[code.dataShards() * BYTES];
    masked = new byte[code.shards()][BYTES];
    encrypted = new byte[code.dataShards() * STRIP];
    strips = new byte[code.shards()][STRIP];
    masks = new KeystreamCursor[code.shards()];
    Arrays.setAll(masks, _ -> new KeystreamCursor());
  }

  /// Reads content up to what a full stretch holds and pads it with zeros to whole leaves.
  ///
  /// @return whether it is full; if not, the stream has ended
  boolean fill(InputStream in, int firstLeaf) throws IOException {
    this.firstLeaf = firstLeaf;
    length = in.readNBytes(content, 0, content.length);
    Arrays.fill(content, length, leafCount() * code.dataShards() * Sector.LEAF_BYTES, (byte) 0);
    return length == content.length;
  }

  int length() {
    return length;
  }

  int leafCount() {
    return SlabLayout.leavesFor(code.dataShards(), length);
  }

  /// Encrypts, stripes, encodes, masks and hashes.
  void encode(SlabWork work) {
    long shardPosition = (long) firstLeaf * Sector.LEAF_BYTES;
    cipher.seek(work.cipher(), shardPosition * code.dataShards());
    for (int shard = 0; shard < masks.length; shard++) {
      masks[shard].seek(work.masks().get(shard), shardPosition);
    }
    int bodyBytes = leafCount() * Sector.LEAF_BYTES;
    for (int at = 0; at < bodyBytes; at += STRIP) {
      encode(work.trees(), at, Math.min(STRIP, bodyBytes - at));
    }
  }

  private void encode(List<SectorTree> trees, int at, int stripBytes) {
    int dataShards = code.dataShards();
    cipher.apply(content, at * dataShards, encrypted, 0, stripBytes * dataShards);
    Stripes.scatter(encrypted, strips, dataShards, stripBytes);
    code.encode(strips, 0, stripBytes);
    int leaf = firstLeaf + at / Sector.LEAF_BYTES;
    for (int shard = 0; shard < strips.length; shard++) {
      masks[shard].apply(strips[shard], 0, masked[shard], at, stripBytes);
      trees.get(shard).hash(leaf, masked[shard], at, stripBytes / Sector.LEAF_BYTES);
    }
  }

  /// Hands out the shards.
  void drain(ShardSink sink) throws IOException {
    int bodyBytes = leafCount() * Sector.LEAF_BYTES;
    for (int shard = 0; shard < masked.length; shard++) {
      sink.write(shard, masked[shard], 0, bodyBytes);
    }
  }
}
