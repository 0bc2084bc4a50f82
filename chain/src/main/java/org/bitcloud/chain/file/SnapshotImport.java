package org.bitcloud.chain.file;

import java.io.IOException;
import java.util.List;
import org.bitcloud.chain.ChainException;
import org.bitcloud.chain.SnapshotException;
import org.bitcloud.chain.SnapshotStart;
import org.bitcloud.chain.SnapshotStart.Entry;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Hash;
import org.bitcloud.store.KeyValueStore;

/// Begins a chain with the state of a snapshot file.
public final class SnapshotImport {
  private SnapshotImport() {}

  /// Reads the file to its end into an empty store, which [org.bitcloud.chain.Chain#open] takes
  /// afterwards.
  ///
  /// @param trusted hash of the file's block, from somebody whom the operator trusts
  /// @param progress hears of every step, in bytes of the file
  /// @param bytesTotal size of the file
  /// @return how many entries the state has
  /// @throws ChainFileException when the file is damaged, cut off, or of another network
  /// @throws SnapshotException when it is not the state after the trusted block
  /// @throws ChainException when the store holds a chain
  public static long run(
      KeyValueStore store,
      Genesis genesis,
      Rules rules,
      SnapshotFileReader file,
      Hash trusted,
      TransferProgress progress,
      long bytesTotal)
      throws IOException, SnapshotException {
    if (!file.genesisHash().equals(genesis.genesisHash())) {
      throw new ChainFileException(
          "the snapshot is of genesis %s, and this network began with %s; name its genesis file"
              .formatted(file.genesisHash(), genesis.genesisHash()));
    }
    SnapshotStart start = SnapshotStart.begin(store, genesis, rules, file.snapshot(), trusted);
    for (List<Entry> next = file.next(); !next.isEmpty(); next = file.next()) {
      start.add(next);
      progress.moved(start.height(), file.bytes(), bytesTotal);
    }
    start.finish();
    return file.count();
  }
}
