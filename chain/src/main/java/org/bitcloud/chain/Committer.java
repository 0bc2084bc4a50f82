package org.bitcloud.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.chain.state.StateStore;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.store.Durability;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.WriteBatch;

/// Carries out decisions: undoes, redoes and moves the pointers in one atomic batch. One caller at
/// a time.
final class Committer {
  private static final int PRUNED_PER_COMMIT_MAX = 64;

  private final KeyValueStore store;
  private final StateStore state;
  private final ChainOptions options;

  Committer(KeyValueStore store, StateStore state, ChainOptions options) {
    this.store = store;
    this.state = state;
    this.options = options;
  }

  /// What a decision changed.
  ///
  /// @param heads the pointers now
  /// @param reverted undone blocks, the old head first
  /// @param applied new blocks, the lowest first
  record Change(Heads heads, List<Block> reverted, List<ExecutedBlock> applied) {}

  /// Writes the first block.
  Heads commitGenesis(ExecutedBlock genesis, Bytes record) {
    WriteBatch batch = new WriteBatch();
    state.commit(genesis.state(), Height.GENESIS, batch);
    ChainStore.putGenesis(batch, record);
    ChainStore.putBlock(batch, genesis);
    ChainStore.putIndex(batch, genesis);
    Hash hash = genesis.hash();
    ChainStore.putPointers(batch, new ChainStore.Pointers(hash, hash, hash));
    store.write(batch, Durability.SYNC);
    return new Heads(genesis.block().header(), genesis.ref(), genesis.ref(), genesis.ref());
  }

  /// Makes `path`, which grows from the committed block `fork`, the end of the committed line.
  ///
  /// @throws IllegalArgumentException when the decision contradicts finality or itself
  Change commit(Commit commit, Heads before, BlockRef fork, List<ExecutedBlock> path) {
    if (options.finalityIsAbsolute() && fork.height().isBefore(before.finalized().height())) {
      throw new IllegalArgumentException(
          "block %s would undo the finalized block %s".formatted(commit.tip(), before.finalized()));
    }
    if (fork.height().isBefore(state.oldest())) {
      throw new IllegalArgumentException(
          "block %s would undo more than this node keeps, which is the states from height %s on"
              .formatted(commit.tip(), state.oldest()));
    }
    Heads after = heads(commit, before, fork, path);
    WriteBatch batch = new WriteBatch();
    List<Block> reverted = new ArrayList<>();
    for (Height h = before.headRef().height(); fork.height().isBefore(h); h = h.minus(1)) {
      Block block = committed(h);
      state.revert(batch);
      ChainStore.deleteIndex(batch, block);
      reverted.add(block);
    }
    for (ExecutedBlock block : path) {
      state.commit(block.state(), block.block().height(), batch);
      ChainStore.putBlock(batch, block);
      ChainStore.putIndex(batch, block);
    }
    prune(after.headRef().height(), batch);
    ChainStore.putPointers(
        batch,
        new ChainStore.Pointers(
            after.headRef().hash(), after.safe().hash(), after.finalized().hash()));
    ChainStore.putSideData(batch, commit.sideData());
    commit.certificate().ifPresent(proof -> ChainStore.putCertificate(batch, commit.tip(), proof));
    store.write(batch, Durability.SYNC);
    return new Change(after, reverted, path);
  }

  /// Drops blocks that need not be kept; many that became so at once go over many commits.
  private void prune(Height head, WriteBatch batch) {
    Height oldest = ChainStore.oldestBlock(store);
    Height keep = oldest;
    // A block whose state can be undone is wanted for that.
    while (keep.minus(oldest) < PRUNED_PER_COMMIT_MAX
        && head.value() - keep.value() >= options.blocksKept()
        && keep.compareTo(state.oldest()) <= 0) {
      Height gone = keep;
      ChainStore.hashAt(store, gone).ifPresent(hash -> ChainStore.deleteBody(batch, gone, hash));
      keep = keep.next();
    }
    if (!keep.equals(oldest)) {
      ChainStore.putOldestBlock(batch, keep);
    }
  }

  private Heads heads(Commit commit, Heads before, BlockRef fork, List<ExecutedBlock> path) {
    BlockHeader head = path.isEmpty() ? headerAt(fork) : path.getLast().block().header();
    BlockRef headRef = path.isEmpty() ? fork : path.getLast().ref();
    BlockRef safe = onLine(commit.safe(), fork, path);
    BlockRef finalized = onLine(commit.finalized(), fork, path);
    boolean back = finalized.height().isBefore(before.finalized().height());
    if (safe.height().isBefore(finalized.height()) || (back && options.finalityIsAbsolute())) {
      throw new IllegalArgumentException(
          "finalized %s must not be above safe %s nor below %s"
              .formatted(finalized, safe, before.finalized()));
    }
    return new Heads(head, headRef, safe, finalized);
  }

  private BlockRef onLine(Hash hash, BlockRef fork, List<ExecutedBlock> path) {
    for (ExecutedBlock block : path) {
      if (block.hash().equals(hash)) {
        return block.ref();
      }
    }
    Optional<Height> height = ChainStore.header(store, hash).map(BlockHeader::height);
    if (height.isPresent()
        && height.get().compareTo(fork.height()) <= 0
        && ChainStore.hashAt(store, height.get()).filter(hash::equals).isPresent()) {
      return new BlockRef(hash, height.get());
    }
    throw new IllegalArgumentException("block " + hash + " is not on the decided line");
  }

  private BlockHeader headerAt(BlockRef ref) {
    return ChainStore.present(
        ChainStore.header(store, ref.hash()).orElse(null), "the header of block " + ref);
  }

  private Block committed(Height height) {
    return ChainStore.present(
        ChainStore.hashAt(store, height)
            .flatMap(hash -> ChainStore.block(store, hash))
            .orElse(null),
        "block " + height);
  }
}
