package org.bitcloud.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.chain.state.StateOverlay;
import org.bitcloud.chain.state.StateStore;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.store.KeyValueStore;

/// Finds blocks, headers and states on every branch: the committed line in the store, undecided
/// blocks in the tree, and abandoned ones, which are executed again when somebody returns to them.
///
/// Finding headers and blocks is safe for any thread; states belong to the writing thread.
final class Branches {
  private final KeyValueStore store;
  private final StateStore state;
  private final BlockTree tree;
  private final BlockValidator validator;

  Branches(KeyValueStore store, StateStore state, BlockTree tree, BlockValidator validator) {
    this.store = store;
    this.state = state;
    this.tree = tree;
    this.validator = validator;
  }

  /// How to come from the committed line to a block.
  ///
  /// @param fork the highest committed ancestor, or the block itself
  /// @param blocks executed blocks above it, the lowest first
  record Path(BlockRef fork, List<ExecutedBlock> blocks) {}

  Optional<BlockHeader> header(Hash hash) {
    return tree.find(hash)
        .map(executed -> executed.block().header())
        .or(() -> ChainStore.header(store, hash));
  }

  Optional<SealedHeader> sealedHeader(Hash hash) {
    return tree.find(hash)
        .map(ExecutedBlock::block)
        .map(block -> new SealedHeader(block.header(), block.sealProof()))
        .or(() -> ChainStore.sealedHeader(store, hash));
  }

  Optional<Block> block(Hash hash) {
    return tree.find(hash).map(ExecutedBlock::block).or(() -> ChainStore.block(store, hash));
  }

  /// Tells whether a block is on the committed line.
  boolean isCommitted(Hash hash, Height height) {
    return ChainStore.hashAt(store, height).filter(hash::equals).isPresent();
  }

  Ancestry ancestry(BlockHeader parent) {
    return new Ancestry() {
      @Override
      public BlockHeader parent() {
        return parent;
      }

      @Override
      public Optional<BlockHeader> header(Hash hash) {
        return Branches.this.header(hash);
      }
    };
  }

  /// Returns the sealed state after a block, or empty when the block is unknown or its branch
  /// leaves the committed line below the oldest state that is kept.
  Optional<StateOverlay> stateAfter(Hash hash) {
    Optional<ExecutedBlock> undecided = tree.find(hash);
    if (undecided.isPresent()) {
      return undecided.map(ExecutedBlock::state);
    }
    return path(hash)
        .flatMap(
            path ->
                path.blocks().isEmpty()
                    ? committedState(path.fork())
                    : Optional.of(path.blocks().getLast().state()));
  }

  /// Returns the way to a block; empty when a part of it is unknown or its states are gone.
  Optional<Path> path(Hash tip) {
    Deque<Block> above = new ArrayDeque<>();
    for (Hash at = tip; ; ) {
      // The header first: a committed block's body, which may have megabytes, is not wanted.
      Optional<BlockHeader> header = header(at);
      if (header.isEmpty()) {
        return Optional.empty();
      }
      Height height = header.get().height();
      if (isCommitted(at, height)) {
        return redo(new BlockRef(at, height), above);
      }
      Optional<Block> block = block(at);
      if (block.isEmpty()) {
        return Optional.empty();
      }
      above.push(block.get());
      at = header.get().parent();
    }
  }

  private Optional<Path> redo(BlockRef fork, Deque<Block> above) {
    List<ExecutedBlock> path = new ArrayList<>();
    Optional<StateOverlay> parentState = Optional.empty();
    BlockHeader parent = header(fork.hash()).orElseThrow();
    for (Block block : above) {
      Hash hash = block.hash();
      Optional<ExecutedBlock> executed = tree.find(hash);
      if (executed.isEmpty()) {
        if (path.isEmpty()) {
          parentState = committedState(fork);
        }
        if (parentState.isEmpty()) {
          return Optional.empty();
        }
        executed = Optional.of(redo(block, hash, parent, parentState.get()));
      }
      path.add(executed.get());
      parentState = executed.map(ExecutedBlock::state);
      parent = block.header();
    }
    return Optional.of(new Path(fork, List.copyOf(path)));
  }

  /* An abandoned block was accepted once, so it must be accepted again. */
  private ExecutedBlock redo(Block block, Hash hash, BlockHeader parent, StateOverlay parentState) {
    BlockValidator.Execution execution = validator.execute(block, parent, parentState);
    BlockExecutor.Result result =
        execution
            .result()
            .orElseThrow(
                () ->
                    new ChainException(
                        "block %s was valid once and is not now: %s"
                            .formatted(hash, execution.verdict())));
    ExecutedBlock executed = new ExecutedBlock(block, hash, result.receipts(), result.state());
    tree.add(executed);
    return executed;
  }

  private Optional<StateOverlay> committedState(BlockRef ref) {
    if (ref.height().equals(state.height())) {
      return Optional.of(state.head());
    }
    if (ref.height().isBefore(state.oldest())) {
      return Optional.empty();
    }
    Invariant.check(ref.height().isBefore(state.height()), "committed block above the state");
    return Optional.of(state.at(ref.height()));
  }
}
