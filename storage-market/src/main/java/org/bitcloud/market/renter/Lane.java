package org.bitcloud.market.renter;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.peer.PeerSession;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// The way of one shard position to its provider: sectors go out piece by piece while they are
/// made, and count as placed when the provider says that they are durable.
///
/// One thread feeds it; a virtual thread of its own sends. What fails is skipped up to the end of
/// the sector and stays unplaced; after some failures the lane is dead until it is revived.
final class Lane implements AutoCloseable {
  /// Pieces of 64 KiB that wait to be sent: 2 MiB a lane.
  private static final int QUEUE_MAX = 32;

  /// Sectors that may wait for their acknowledgement while further ones are sent.
  private static final int UNACKNOWLEDGED_MAX = 2;

  private static final int FAILURES_MAX = 2;

  /// A provider that takes no byte for this long is given up; the others must not wait for it.
  private static final Duration STALL_MAX = Duration.ofSeconds(20);

  /// What the feeding thread wants.
  private sealed interface Command {
    record Begin(int slab, int length) implements Command {}

    record Piece(Bytes data) implements Command {}

    record End(Hash root) implements Command {}

    record Sync(CompletableFuture<Boolean> done) implements Command {}

    record Stop() implements Command {}
  }

  private record Unacknowledged(int slab) {}

  private final Agreement agreement;
  private final SessionOpener opener;
  private final Runnable onPlaced;
  private final BlockingQueue<Command> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final BitSet placed = new BitSet();
  private final Deque<Unacknowledged> unacknowledged = new ArrayDeque<>();
  private final Thread thread;
  private volatile @Nullable PeerSession session;
  private int slab = -1;
  private boolean skipping = true;
  private int failures;
  private volatile boolean dead;
  private volatile @Nullable MarketException failure;

  /// Opens authenticated sessions with a provider.
  @FunctionalInterface
  interface SessionOpener {
    PeerSession open(Agreement agreement) throws MarketException;
  }

  Lane(Agreement agreement, SessionOpener opener, Runnable onPlaced) {
    this.agreement = agreement;
    this.opener = opener;
    this.onPlaced = onPlaced;
    this.thread = Thread.ofVirtual().name("lane-" + agreement.position()).start(this::run);
  }

  Agreement agreement() {
    return agreement;
  }

  /// Why sending failed last; null when it never did.
  @Nullable MarketException failure() {
    return failure;
  }

  boolean isDead() {
    return dead;
  }

  /// Lets a dead lane try again, unless its provider refused for good.
  void revive() {
    MarketException last = failure;
    if (last == null || last.error().retryable()) {
      dead = false;
    }
  }

  boolean isPlaced(int index) {
    synchronized (placed) {
      return placed.get(index);
    }
  }

  int placedCount() {
    synchronized (placed) {
      return placed.cardinality();
    }
  }

  /// Notes that a sector is there from an earlier run.
  void markPlaced(int index) {
    synchronized (placed) {
      placed.set(index);
    }
  }

  /// Begins the sector of a slab.
  void begin(int index, int length) {
    put(new Command.Begin(index, length));
  }

  /// Sends a copy of a piece of it.
  void piece(byte[] data, int offset, int length) {
    if (!dead) {
      put(new Command.Piece(Bytes.copyOf(data, offset, length)));
    }
  }

  /// Ends it.
  void end(Hash root) {
    put(new Command.End(root));
  }

  /// Waits until all that was sent is acknowledged or failed.
  void sync() {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    put(new Command.Sync(done));
    boolean _ = done.join();
  }

  @Override
  public void close() {
    put(new Command.Stop());
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(Command command) {
    try {
      if (queue.offer(command, STALL_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      giveUp();
      // Once the session is reset the sender drains the queue at once.
      queue.put(command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", e);
    }
  }

  private void giveUp() {
    PeerSession open = session;
    failure = new MarketException(MarketError.TIMEOUT, "takes no data");
    dead = true;
    if (open != null) {
      open.reset();
    }
  }

  private void run() {
    while (true) {
      Command command;
      try {
        command = queue.take();
      } catch (InterruptedException e) {
        return;
      }
      switch (command) {
        case Command.Begin c -> onBegin(c);
        case Command.Piece c -> onPiece(c.data());
        case Command.End c -> onEnd(c.root());
        case Command.Sync c -> {
          acknowledge(0);
          boolean _ = c.done().complete(true);
        }
        case Command.Stop _ -> {
          closeSession();
          return;
        }
      }
    }
  }

  private void onBegin(Command.Begin command) {
    slab = command.slab();
    skipping = true;
    if (dead) {
      return;
    }
    try {
      PeerSession open = session;
      if (open == null) {
        open = opener.open(agreement);
        session = open;
      }
      open.send(new Message.WriteSector(agreement.id(), command.length()));
      skipping = false;
    } catch (MarketException e) {
      failed(e);
    }
  }

  private void onPiece(Bytes data) {
    PeerSession open = session;
    if (skipping || open == null) {
      return;
    }
    try {
      open.send(new Message.Chunk(data));
    } catch (MarketException e) {
      failed(e);
    }
  }

  private void onEnd(Hash root) {
    PeerSession open = session;
    if (skipping || open == null) {
      return;
    }
    try {
      open.send(new Message.EndWrite(root));
      open.flush();
      unacknowledged.add(new Unacknowledged(slab));
    } catch (MarketException e) {
      failed(e);
    }
    skipping = true;
    acknowledge(UNACKNOWLEDGED_MAX);
  }

  private void acknowledge(int left) {
    while (unacknowledged.size() > left) {
      PeerSession open = session;
      if (open == null) {
        unacknowledged.clear();
        return;
      }
      int index = unacknowledged.remove().slab();
      try {
        Message _ = open.answer();
        markPlaced(index);
        failures = 0;
        onPlaced.run();
      } catch (MarketException e) {
        failed(e);
      }
    }
  }

  // A refusal leaves the session in order, anything else breaks it; either way the lane begins
  // anew, which is simple and rare.
  private void failed(MarketException e) {
    if (!dead) {
      failure = e;
    }
    failures++;
    if (failures >= FAILURES_MAX || !e.error().retryable()) {
      dead = true;
      failures = 0;
    }
    skipping = true;
    unacknowledged.clear();
    closeSession();
  }

  private void closeSession() {
    PeerSession open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}
