package org.bitcloud.node.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that appears under its name when it is complete, and else not at all.
final class NewFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path file;
  private final Path part;
  private final OutputStream out;

  private NewFile(Path file, Path part, OutputStream out) {
    this.file = file;
    this.part = part;
    this.out = out;
  }

  /// Begins a file, which must not exist.
  static NewFile at(Path file) throws CliException, IOException {
    if (Files.exists(file)) {
      throw new CliException(file + " exists already", "choose another name, or remove it");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    return new NewFile(
        file, part, new BufferedOutputStream(Files.newOutputStream(part), BUFFER_BYTES));
  }

  /// Where to write.
  OutputStream out() {
    return out;
  }

  /// Gives the file its name.
  void complete() throws IOException {
    out.close();
    Path _ = Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    out.close();
    boolean _ = Files.deleteIfExists(part);
  }
}
