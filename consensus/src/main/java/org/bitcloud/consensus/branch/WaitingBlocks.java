package org.bitcloud.consensus.branch;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.consensus.Peer;
import org.bitcloud.primitives.Hash;

/// Blocks of others that are not judged yet: those in line for the ledger, those whose parent is
/// missing, those from the future. Bounded: to make room, those out of the line are dropped, the
/// oldest first, then the end of the line.
final class WaitingBlocks {
  private static final int BLOCKS_MAX = 2048;
  private static final long BYTES_MAX = 64L << 20;

  private final Deque<Waiting> line = new ArrayDeque<>();
  private final Deque<Waiting> parked = new ArrayDeque<>();
  private long bytes;

  /// A block and who brought it.
  ///
  /// @param parent the block that must come first, if it is parked for that
  /// @param notBefore when to look again, if it is parked for that
  record Waiting(
      Block block, Optional<Peer> from, Optional<Hash> parent, Optional<Instant> notBefore) {
    static Waiting arrived(Block block, Optional<Peer> from) {
      return new Waiting(block, from, Optional.empty(), Optional.empty());
    }

    Waiting forParent(Hash missing) {
      return new Waiting(block, from, Optional.of(missing), Optional.empty());
    }

    Waiting until(Instant time) {
      return new Waiting(block, from, Optional.empty(), Optional.of(time));
    }

    private long size() {
      return block.body().encodedSize() + block.sealProof().size();
    }
  }

  /// Puts a block at the end of the line.
  void enqueue(Waiting block) {
    makeRoom(block);
    line.add(block);
  }

  /// Keeps a block out of the line.
  void park(Waiting block) {
    makeRoom(block);
    parked.add(block);
  }

  private void makeRoom(Waiting block) {
    bytes += block.size();
    while (line.size() + parked.size() >= BLOCKS_MAX || bytes > BYTES_MAX) {
      Waiting dropped = parked.isEmpty() ? line.pollLast() : parked.poll();
      if (dropped == null) {
        return; // one block alone always has room
      }
      bytes -= dropped.size();
    }
  }

  /// Takes the next block of the line.
  Optional<Waiting> next() {
    Waiting block = line.poll();
    if (block != null) {
      bytes -= block.size();
    }
    return Optional.ofNullable(block);
  }

  /// Lines up, before all others, the blocks that waited for a parent.
  void parentCame(Hash parent) {
    for (Waiting block : take(waiting -> waiting.parent().filter(parent::equals).isPresent())) {
      line.addFirst(block);
    }
  }

  /// Lines up the blocks whose time has come.
  void timeCame(Instant now) {
    line.addAll(
        take(waiting -> waiting.notBefore().filter(time -> !time.isAfter(now)).isPresent()));
  }

  /// When the next block's time comes.
  Optional<Instant> nextTime() {
    return parked.stream().flatMap(waiting -> waiting.notBefore().stream()).min(Instant::compareTo);
  }

  private interface Choice {
    boolean isMeant(Waiting block);
  }

  private List<Waiting> take(Choice choice) {
    List<Waiting> taken = new ArrayList<>();
    Iterator<Waiting> all = parked.iterator();
    while (all.hasNext()) {
      Waiting block = all.next();
      if (choice.isMeant(block)) {
        all.remove();
        taken.add(block);
      }
    }
    return taken;
  }
}
