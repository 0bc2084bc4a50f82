package org.bitcloud.node;

import java.io.IOException;
import java.nio.file.Path;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.ChainException;
import org.bitcloud.chain.SnapshotException;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.file.SnapshotFileReader;
import org.bitcloud.chain.file.SnapshotImport;
import org.bitcloud.chain.file.TransferProgress;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.primitives.Hash;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.RocksDbStore;
import org.bitcloud.store.StoreException;
import org.bitcloud.store.StoreOptions;

/// Begins a chain with a state instead of its first block.
public final class SnapshotStart {
  private static final long MEMORY_BYTES = 256L << 20;

  private SnapshotStart() {}

  /// Begins a chain in an empty database with the state of a snapshot.
  ///
  /// @param database its folder
  /// @param genesis the network
  /// @param trusted hash of the snapshot's block
  /// @param bytes size of the file
  /// @return how many entries the state has
  /// @throws ServiceException where the database is in use, damaged, or holds a chain
  /// @throws IOException when the file is damaged
  /// @throws SnapshotException when it is not the state after the trusted block
  public static long importInto(
      Path database,
      Genesis genesis,
      SnapshotFileReader file,
      Hash trusted,
      TransferProgress progress,
      long bytes)
      throws ServiceException, IOException, SnapshotException {
    try (KeyValueStore store =
        RocksDbStore.open(database, Chain.columns(), StoreOptions.forMemory(MEMORY_BYTES))) {
      return SnapshotImport.run(
          store, genesis, GenesisParts.rules(genesis), file, trusted, progress, bytes);
    } catch (StoreException | ChainException | GenesisException e) {
      throw new ServiceException("cannot import into " + database + ": " + e.getMessage(), e);
    }
  }
}
