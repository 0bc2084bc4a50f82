package org.bitcloud.node.cli;

import java.io.OutputStream;
import java.nio.file.Path;
import org.bitcloud.chain.Chain;
import org.bitcloud.node.ChainAccess;
import org.bitcloud.node.DataDirectory;
import picocli.CommandLine.Parameters;

/// A verb that writes something of a stopped node's chain into a file, which appears under its name
/// when it is complete.
///
/// @param <T> what there is to tell of it
abstract class ExportVerb<T> extends Verb {
  @Parameters(paramLabel = "FILE", description = "where to write; must not exist")
  Path file = Path.of("");

  ExportVerb(Cli cli) {
    super(cli);
  }

  @Override
  final void run() throws Exception {
    ChainFolder folder = ChainFolder.existing(cli, directory());
    T done;
    try (NewFile target = NewFile.at(file);
        DataDirectory _ = folder.lock();
        ChainAccess access = folder.open();
        ProgressBar bar = new ProgressBar(cli, json)) {
      done = write(access.chain(), target.out(), bar);
      target.complete();
    }
    report(done);
  }

  /// Writes the whole file.
  abstract T write(Chain chain, OutputStream out, ProgressBar bar) throws Exception;

  abstract void report(T done) throws Exception;
}
