package org.bitcloud.node.launch;

import java.io.IOException;
import java.nio.file.Path;
import org.bitcloud.store.RocksDbLibrary;

/// Does once for a build what every start of a command would have to do again.
public final class PrepareBuild {
  private PrepareBuild() {}

  /// Makes the jars of a folder fit for the cache and unpacks the database's native library.
  ///
  /// @param args the folder of jars, and an empty one for native libraries
  public static void main(String[] args) throws IOException {
    Path _ = RocksDbLibrary.unpack(Path.of(args[1]));
    CacheableJars.rewriteAll(Path.of(args[0]));
  }
}
