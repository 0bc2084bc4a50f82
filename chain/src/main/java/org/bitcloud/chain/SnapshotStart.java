package org.bitcloud.chain;

import java.util.List;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.state.StateOptions;
import org.bitcloud.chain.state.StateOverlay;
import org.bitcloud.chain.state.StateStore;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.store.Durability;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.WriteBatch;

/// Begins a chain in an empty store with the state after a later block instead of block 0.
///
/// Until [#finish] returns, the store is marked as half a chain, which [Chain#open] refuses; a new
/// start clears what an earlier one has left.
public final class SnapshotStart {
  private final KeyValueStore store;
  private final Genesis genesis;
  private final ExecutedBlock first;
  private final ChainSnapshot snapshot;
  private final StateStore state;

  private SnapshotStart(
      KeyValueStore store,
      Genesis genesis,
      ExecutedBlock first,
      ChainSnapshot snapshot,
      StateStore state) {
    this.store = store;
    this.genesis = genesis;
    this.first = first;
    this.snapshot = snapshot;
    this.state = state;
  }

  /// One entry of the state.
  public record Entry(Bytes key, Bytes value) {}

  /// Checks the snapshot's blocks and prepares the store.
  ///
  /// @param store open with [Chain#columns], empty or left by a start that was cut off
  /// @param trusted hash of the block, from somebody whom the operator trusts
  /// @throws SnapshotException when the blocks are not what they should be
  /// @throws ChainException when the store holds a chain
  public static SnapshotStart begin(
      KeyValueStore store, Genesis genesis, Rules rules, ChainSnapshot snapshot, Hash trusted)
      throws SnapshotException {
    Hash hash = snapshot.block().hash();
    if (!hash.equals(trusted)) {
      throw new SnapshotException(
          "the snapshot's block %s is %s, and not the trusted %s"
              .formatted(snapshot.block().height(), hash, trusted));
    }
    var contradiction = snapshot.contradiction();
    if (contradiction.isPresent()) {
      throw new SnapshotException(contradiction.get());
    }
    if (ChainStore.pointers(store).isPresent()) {
      throw new ChainException("there is a chain already; import into an empty directory");
    }
    if (ChainStore.isHalf(store)) {
      WriteBatch clear = new WriteBatch();
      Chain.columns().forEach(column -> ChainStore.clear(clear, column));
      store.write(clear, Durability.SYNC);
    }
    WriteBatch mark = new WriteBatch();
    ChainStore.markHalf(mark);
    store.write(mark, Durability.SYNC);
    StateStore state = StateStore.open(store, StateOptions.DEFAULT);
    ExecutedBlock first = GenesisBlock.make(genesis, rules, state.head());
    return new SnapshotStart(store, genesis, first, snapshot, state);
  }

  /// Adds entries, whose keys must rise over all calls.
  public void add(List<Entry> entries) {
    StateOverlay part = state.head().child();
    entries.forEach(entry -> part.put(entry.key(), entry.value()));
    WriteBatch batch = new WriteBatch();
    state.load(part, snapshot.block().height(), batch);
    store.write(batch, Durability.ASYNC);
  }

  /// Compares the root and makes the block the head of the chain.
  ///
  /// @throws SnapshotException when the entries are not the state after the block; the store then
  ///   stays marked
  public void finish() throws SnapshotException {
    Block block = snapshot.block();
    Hash root = state.root();
    if (!root.equals(block.header().roots().state())) {
      throw new SnapshotException(
          "the entries have root %s, and block %s says %s"
              .formatted(root, block.height(), block.header().roots().state()));
    }
    WriteBatch batch = new WriteBatch();
    ChainStore.putGenesis(batch, genesis.encode());
    ChainStore.putBlock(batch, first);
    ChainStore.putIndex(batch, first);
    Hash parent = block.header().parent();
    for (SealedHeader header : snapshot.below().reversed()) {
      ChainStore.putHeader(batch, parent, header);
      ChainStore.putHeight(batch, header.header().height(), parent);
      parent = header.header().parent();
    }
    ExecutedBlock head = new ExecutedBlock(block, block.hash(), snapshot.receipts(), state.head());
    ChainStore.putBlock(batch, head);
    ChainStore.putIndex(batch, head);
    ChainStore.putOldestBlock(batch, block.height());
    snapshot.certificate().ifPresent(proof -> ChainStore.putCertificate(batch, head.hash(), proof));
    ChainStore.putPointers(batch, new ChainStore.Pointers(head.hash(), head.hash(), head.hash()));
    ChainStore.unmarkHalf(batch);
    store.write(batch, Durability.SYNC);
  }

  /// The height of the state.
  public Height height() {
    return snapshot.block().height();
  }
}
