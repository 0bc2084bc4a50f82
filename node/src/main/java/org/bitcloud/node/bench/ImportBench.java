package org.bitcloud.node.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.bitcloud.chain.file.ChainFileReader;
import org.bitcloud.chain.file.ImportException;
import org.bitcloud.chain.file.TransferProgress;
import org.bitcloud.node.ChainAccess;
import org.bitcloud.node.ServiceException;

/// Imports a chain file into an empty directory, every signature and root checked, and times it.
public final class ImportBench {
  private ImportBench() {}

  /// Imports once.
  ///
  /// @param folder where the directory is made, and removed afterwards
  /// @param memoryBytes for the database's caches, as a node has them
  public static TimedImport run(
      ImportWork work, Path folder, long memoryBytes, TransferProgress progress)
      throws IOException, ServiceException, ImportException, InterruptedException {
    try (ScratchFolder scratch = ScratchFolder.in(folder);
        InputStream in = Files.newInputStream(work.file());
        ChainAccess access =
            ChainAccess.open(scratch.path(), work.genesis(), Optional.empty(), memoryBytes)) {
      Stopwatch watch = Stopwatch.start();
      return new TimedImport(
          access.importBlocks(
              ChainFileReader.open(in), InstantSource.system(), progress, Files.size(work.file())),
          watch.stop());
    }
  }
}
