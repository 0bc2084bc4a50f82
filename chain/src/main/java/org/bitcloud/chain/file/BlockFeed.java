package org.bitcloud.chain.file;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.bitcloud.chain.SenderRecovery;
import org.bitcloud.primitives.Height;

/// Reads a chain file ahead of whoever takes its blocks: while one block is executed, a thread
/// decodes the next ones and recovers their senders. Both ends belong to one thread each.
final class BlockFeed implements AutoCloseable {
  /* Enough to even out blocks of different sizes; a block may hold 8 MiB. */
  private static final int AHEAD = 4;

  private final ChainFileReader reader;
  private final SenderRecovery senders;
  private final Height after;
  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;

  private BlockFeed(ChainFileReader reader, SenderRecovery senders, Height after) {
    this.reader = reader;
    this.senders = senders;
    this.after = after;
    this.thread = Thread.ofPlatform().name("chain-file").daemon().unstarted(this::run);
  }

  /// What comes next: a block, the end of the file, or why it cannot be read on.
  private sealed interface Item {
    record Next(FileBlock block, long bytes) implements Item {}

    record End() implements Item {}

    record Broken(IOException failure) implements Item {}

    record Bug(RuntimeException failure) implements Item {}
  }

  /// A block with the bytes of the file up to its end.
  record Read(FileBlock block, long bytes) {}

  /// Starts to read ahead.
  ///
  /// @param after blocks up to this height are known and their senders not asked for
  static BlockFeed start(ChainFileReader reader, SenderRecovery senders, Height after) {
    BlockFeed feed = new BlockFeed(reader, senders, after);
    feed.thread.start();
    return feed;
  }

  private void run() {
    try {
      while (true) {
        Item item = item();
        items.put(item);
        if (!(item instanceof Item.Next)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // closed: nobody takes any more
    }
  }

  private Item item() {
    try {
      Optional<FileBlock> block = reader.next();
      if (block.isEmpty()) {
        return new Item.End();
      }
      if (after.isBefore(block.get().block().height())) {
        /* A sender that cannot be recovered is for validation to report, in its order of rules. */
        var _ = senders.recover(block.get().block().body().transactions());
      }
      return new Item.Next(block.get(), reader.bytes());
    } catch (IOException e) {
      return new Item.Broken(e);
    } catch (RuntimeException e) { // thread root: told to whoever takes
      return new Item.Bug(e);
    }
  }

  /// Whether the next [#take] would wait.
  boolean isIdle() {
    return items.isEmpty();
  }

  /// Waits for the next block; empty after the last one.
  ///
  /// @throws IOException when the file is damaged or cannot be read here
  Optional<Read> take() throws IOException, InterruptedException {
    return switch (items.take()) {
      case Item.Next(FileBlock block, long bytes) -> Optional.of(new Read(block, bytes));
      case Item.End() -> Optional.empty();
      case Item.Broken(IOException failure) -> throw failure;
      case Item.Bug(RuntimeException failure) -> throw failure;
    };
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
