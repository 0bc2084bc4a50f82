package org.bitcloud.chain.state;

import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.store.Column;
import org.bitcloud.store.CorruptStoreException;
import org.bitcloud.store.StoreReader;
import org.jspecify.annotations.Nullable;

/// Which state is stored.
///
/// @param height the height of the block it is the state after
/// @param root its root
/// @param oldest the lowest height whose state can still be read
/// @param commitment the name of what made the root
/// @param tree the height as of which the nodes of the commitment are stored, from `oldest` on
record StateHead(Height height, Hash root, Height oldest, String commitment, Height tree) {
  static final Column COLUMN = Column.raw("state-head");
  static final Bytes KEY = Bytes.ofUtf8("head");

  /// The stored head, or null if no state was committed yet.
  static @Nullable StateHead read(StoreReader store) {
    Bytes stored = store.get(COLUMN, KEY);
    if (stored == null) {
      return null;
    }
    try {
      RlpReader reader = RlpReader.of(stored);
      reader.enterList();
      Height height = Height.of(reader.readNumber());
      Hash root = reader.readHash();
      Height oldest = Height.of(reader.readNumber());
      String commitment = reader.readText(64);
      // Older versions stored the nodes with every block.
      Height tree = reader.hasNext() ? Height.of(reader.readNumber()) : height;
      reader.leaveList();
      reader.end();
      if (tree.isBefore(oldest) || height.isBefore(tree)) {
        throw new MalformedException("nodes of height " + tree + " cannot be there");
      }
      return new StateHead(height, root, oldest, commitment, tree);
    } catch (MalformedException e) {
      throw new CorruptStoreException("the record of the state's head is damaged", e);
    }
  }

  Bytes encode() {
    return RlpWriter.encode(
        writer ->
            writer
                .beginList()
                .number(height.value())
                .hash(root)
                .number(oldest.value())
                .text(commitment)
                .number(tree.value())
                .endList());
  }

  /// Checks that the state of a height can be read.
  void checkReachable(Height asked) {
    if (asked.isBefore(oldest) || height.isBefore(asked)) {
      throw new UnreachableHeightException(asked, oldest, height);
    }
  }
}
