package org.bitcloud.chain;

import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.chain.state.StateStore;
import org.bitcloud.primitives.Hash;
import org.bitcloud.store.StoreReader;

/// Reads the pointers when a store is opened and checks that they fit its state. One batch wrote
/// both, so whatever does not fit is damage and no crash.
final class StoredHeads {
  private StoredHeads() {}

  static Heads read(StoreReader store, StateStore state, ChainStore.Pointers pointers) {
    BlockHeader head = header(store, pointers.head());
    if (state.isEmpty()
        || !state.height().equals(head.height())
        || !state.root().equals(head.roots().state())) {
      throw new ChainException(
          "the stored state is not that of the head block %s; restore this directory"
              .formatted(head.height()));
    }
    return new Heads(
        head,
        new BlockRef(pointers.head(), head.height()),
        new BlockRef(pointers.safe(), header(store, pointers.safe()).height()),
        new BlockRef(pointers.finalized(), header(store, pointers.finalized()).height()));
  }

  private static BlockHeader header(StoreReader store, Hash hash) {
    return ChainStore.present(
        ChainStore.header(store, hash).orElse(null), "the header of block " + hash);
  }
}
