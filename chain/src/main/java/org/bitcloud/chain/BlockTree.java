package org.bitcloud.chain;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// The executed blocks that are not on the committed line, by hash. Written by one thread at a
/// time, read by any.
final class BlockTree {
  /* Each entry holds a body and an overlay: at 8 MiB a body this bounds what proposers of rival
  blocks can make a node keep, and is far above the depth at which engines wait for finality. */
  private static final int BLOCKS_MAX = 256;

  private final Map<Hash, ExecutedBlock> blocks = new ConcurrentHashMap<>();

  Optional<ExecutedBlock> find(Hash hash) {
    return Optional.ofNullable(blocks.get(hash));
  }

  void add(ExecutedBlock block) {
    if (blocks.size() >= BLOCKS_MAX) {
      evict();
    }
    blocks.put(block.hash(), block);
  }

  /// Forgets committed blocks and all that finality has passed by.
  void prune(Iterable<ExecutedBlock> committed, Height finalized) {
    committed.forEach(block -> blocks.remove(block.hash()));
    blocks.values().removeIf(block -> block.block().height().compareTo(finalized) <= 0);
  }

  /* The lowest block is the furthest behind. Evicting it strands its descendants, whose overlays
  stay whole; only a switch to them would have to execute it again. */
  private void evict() {
    blocks.values().stream()
        .min(Comparator.comparing(block -> block.block().height()))
        .ifPresent(block -> blocks.remove(block.hash()));
  }
}
