package org.bitcloud.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcloud.node.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A verb that reads a file into the chain of a node that does not run, or begins one with it.
///
/// @param <T> what there is to tell of it
abstract class ImportVerb<T> extends Verb {
  @Parameters(paramLabel = "FILE", description = "what the export has written")
  Path file = Path.of("");

  @Option(
      names = "--genesis",
      paramLabel = "FILE",
      description = "the network's genesis file (default: the folder's own, else the devnet's)")
  @Nullable Path genesis;

  ImportVerb(Cli cli) {
    super(cli);
  }

  @Override
  final Path directory() {
    return directoryOr("node");
  }

  @Override
  final void run() throws Exception {
    T done;
    try (InputStream in = Files.newInputStream(file);
        ProgressBar bar = new ProgressBar(cli, json)) {
      done = take(in, Files.size(file), bar);
    }
    report(done);
  }

  /// Reads the whole file.
  ///
  /// @param bytes its size
  abstract T take(InputStream in, long bytes, ProgressBar bar) throws Exception;

  abstract void report(T done) throws Exception;

  /// The node, which need not be there.
  final ChainFolder folder() throws ConfigException {
    return ChainFolder.of(cli, directory(), genesis);
  }

  /// Leaves the genesis file that was given in the folder, where commands find it from now on.
  final void keepGenesis(ChainFolder folder) throws IOException {
    if (genesis != null) {
      folder.keepGenesis(genesis);
    }
  }
}
