package org.bitcloud.chain.file;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.Commit;
import org.bitcloud.chain.SenderRecovery;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.chain.state.Workers;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// Puts the blocks of a chain file on top of a chain: every rule, seal, signature and root is
/// checked as if they came from a stranger.
///
/// Several blocks become durable together. What is reported as imported is committed; an import
/// that was interrupted goes on where it stood when it is run again.
public final class ChainImport {
  /* So that a synced write serves several small blocks, and memory holds few large ones: one of
  5,000 transfers takes some 20 MB until it is written. Undo data that is too old goes 16 heights a
  commit; more blocks in one would let it grow. */
  private static final int BLOCKS_A_COMMIT = 16;
  private static final long BYTES_A_COMMIT = 1L << 20;

  private final Chain chain;
  private final TagDepths tags;
  private final InstantSource clock;
  private final TransferProgress progress;
  private final Deque<BlockRef> undecided = new ArrayDeque<>();
  private Optional<FileBlock> tip = Optional.empty(); // of the undecided ones
  private long undecidedBytes;
  private long undecidedTransactions;
  private long blocks;
  private long transactions;
  private long skipped;

  private ChainImport(Chain chain, TagDepths tags, InstantSource clock, TransferProgress progress) {
    this.chain = chain;
    this.tags = tags;
    this.clock = clock;
    this.progress = progress;
  }

  /// Where an import gets its time and its helpers, and whom it tells.
  ///
  /// @param tags how far `safe` and `finalized` lag behind
  /// @param clock judges blocks from the future
  /// @param pool helps to recover senders
  /// @param progress hears of every commit, in bytes of the file
  /// @param bytesTotal size of the file, or 0 if nobody knows
  public record Ports(
      TagDepths tags,
      InstantSource clock,
      Executor pool,
      TransferProgress progress,
      long bytesTotal) {}

  /// Imports a file to its end.
  ///
  /// @param chain that nobody else writes to meanwhile
  /// @throws ChainFileException when the file is damaged, cut off, or of another network; the
  ///   blocks before that place are committed
  /// @throws ImportException when a block breaks a rule or does not fit the chain; the blocks
  ///   before it are committed
  public static ImportReport run(Chain chain, ChainFileReader file, Ports ports)
      throws IOException, ImportException, InterruptedException {
    if (!file.genesisHash().equals(chain.genesisHash())) {
      throw new ChainFileException(
          "the file holds blocks of genesis %s, and this chain began with %s; name its genesis file"
              .formatted(file.genesisHash(), chain.genesisHash()));
    }
    Height head = chain.heads().headRef().height();
    if (head.next().isBefore(file.first())) {
      throw new ChainFileException(
          "the file begins with block %s, and this chain ends with %s; import the blocks between first"
              .formatted(file.first(), head));
    }
    ChainImport job = new ChainImport(chain, ports.tags(), ports.clock(), ports.progress());
    SenderRecovery senders =
        new SenderRecovery(new Workers(ports.pool(), Runtime.getRuntime().availableProcessors()));
    try (BlockFeed feed = BlockFeed.start(file, senders, head)) {
      return job.run(feed, ports.bytesTotal());
    }
  }

  private ImportReport run(BlockFeed feed, long bytesTotal)
      throws IOException, ImportException, InterruptedException {
    try {
      for (Optional<BlockFeed.Read> next = feed.take(); next.isPresent(); next = feed.take()) {
        take(next.get().block());
        if (undecided.size() >= BLOCKS_A_COMMIT || undecidedBytes >= BYTES_A_COMMIT) {
          commit();
          progress.moved(chain.heads().headRef().height(), next.get().bytes(), bytesTotal);
        }
      }
    } catch (IOException | ImportException | InterruptedException e) {
      commit(); // what was good before a bad block, or before the file broke off
      throw e;
    }
    commit();
    return new ImportReport(
        blocks,
        transactions,
        skipped,
        chain.heads().headRef().height(),
        chain.head().roots().state());
  }

  private void take(FileBlock next) throws ImportException {
    Block block = next.block();
    Height height = block.height();
    Hash hash = block.hash();
    if (height.compareTo(chain.heads().headRef().height()) <= 0) {
      if (chain.hashAt(height).filter(hash::equals).isEmpty()) {
        throw new ImportException(
            height, "the chain has another block at this height; import into an empty directory");
      }
      skipped++;
      return;
    }
    Hash parent = undecided.isEmpty() ? chain.heads().headRef().hash() : undecided.getLast().hash();
    if (!block.header().parent().equals(parent)) {
      throw new ImportException(height, "its parent is not block " + parent);
    }
    switch (chain.execute(block, clock.instant())) {
      case Verdict.Accepted() -> add(next, new BlockRef(hash, height));
      case Verdict.Rejected refused -> throw new ImportException(height, refused.toString());
      case Verdict.Deferred deferred ->
          throw new ImportException(height, "it cannot be judged yet: " + deferred);
    }
  }

  private void add(FileBlock block, BlockRef ref) {
    undecided.addLast(ref);
    tip = Optional.of(block);
    undecidedBytes += block.block().body().encodedSize();
    undecidedTransactions += block.block().body().transactions().size();
    if (block.certificate().isPresent()) {
      commit(); // a commit stores the certificate of its tip only
    }
  }

  private void commit() {
    if (tip.isEmpty()) {
      return;
    }
    BlockRef last = undecided.getLast();
    Hash safe = below(last, tags.safe());
    Hash finalized = below(last, tags.finalized());
    Commit commit = Commit.switchTo(last.hash(), safe, finalized);
    chain.decide(tip.get().certificate().map(commit::withCertificate).orElse(commit));
    blocks += undecided.size();
    transactions += undecidedTransactions;
    undecided.clear();
    tip = Optional.empty();
    undecidedBytes = 0;
    undecidedTransactions = 0;
  }

  /* A tag never goes down: where the depth reaches below what is finalized, that stays. */
  private Hash below(BlockRef last, int depth) {
    long floor = chain.heads().finalized().height().value();
    Height wanted = new Height(Math.max(floor, last.height().value() - depth));
    long fromFirst = wanted.minus(undecided.getFirst().height());
    if (fromFirst < 0) {
      return chain.hashAt(wanted).orElseThrow();
    }
    return undecided.stream().skip(fromFirst).findFirst().orElseThrow().hash();
  }
}
