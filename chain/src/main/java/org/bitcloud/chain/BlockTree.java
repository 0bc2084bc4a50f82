package org.bitcloud.chain;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// The executed blocks that are not on the committed line, by hash. Written by one thread at a
/// time, read by any.
final class BlockTree {
  /* Bounds, together with the number of blocks, what proposers of rival blocks can make a node keep.
  Both are far above what lies between finality and the tip of an engine that makes progress. */
  private static final long BYTES_MAX = 128L << 20;

  private final int blocksMax;

  private final Map<Hash, ExecutedBlock> blocks = new ConcurrentHashMap<>();
  private long bytes;

  BlockTree(int blocksMax) {
    this.blocksMax = blocksMax;
  }

  Optional<ExecutedBlock> find(Hash hash) {
    return Optional.ofNullable(blocks.get(hash));
  }

  void add(ExecutedBlock block) {
    while (!blocks.isEmpty() && (blocks.size() >= blocksMax || bytes + size(block) > BYTES_MAX)) {
      evict(block.block().header().parent());
    }
    if (blocks.put(block.hash(), block) == null) {
      bytes += size(block);
    }
  }

  /// Forgets committed blocks and all that finality has passed by.
  void prune(Iterable<ExecutedBlock> committed, Height finalized) {
    committed.forEach(block -> remove(block.hash()));
    blocks.values().stream()
        .filter(block -> block.block().height().compareTo(finalized) <= 0)
        .map(ExecutedBlock::hash)
        .toList()
        .forEach(this::remove);
  }

  /* The lowest block on which nothing stands is the end of the branch that is furthest behind; losing
  it strands no other. */
  private void evict(Hash parentOfNew) {
    Set<Hash> parents =
        blocks.values().stream()
            .map(block -> block.block().header().parent())
            .collect(Collectors.toSet());
    parents.add(parentOfNew);
    blocks.values().stream()
        .filter(block -> !parents.contains(block.hash()))
        .min(Comparator.comparing(block -> block.block().height()))
        .or(() -> Optional.ofNullable(blocks.get(parentOfNew)))
        .ifPresent(block -> remove(block.hash()));
  }

  private void remove(Hash hash) {
    ExecutedBlock removed = blocks.remove(hash);
    if (removed != null) {
      bytes -= size(removed);
    }
  }

  private static long size(ExecutedBlock block) {
    return block.block().body().encodedSize();
  }
}
