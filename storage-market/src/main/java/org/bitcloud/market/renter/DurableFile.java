package org.bitcloud.market.renter;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// A small file that is replaced as a whole: after a crash it has the old or the new content.
///
/// What is in it may hold keys, so only the owner may read it where the file system knows owners.
public final class DurableFile {
  private DurableFile() {}

  /// Writes the whole file; durable on return.
  public static void write(Path file, Bytes content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel = openPrivate(fresh)) {
      var buffer = content.asByteBuffer();
      while (buffer.hasRemaining()) {
        int _ = channel.write(buffer);
      }
      channel.force(true);
    }
    Path _ = Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(file);
  }

  /// Reads the whole file; null when there is none.
  public static @Nullable Bytes read(Path file) throws IOException {
    try {
      return Bytes.wrap(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /// Removes the file, durably.
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncFolder(file);
    }
  }

  /// Makes the name of a new, moved or removed file durable.
  static void syncFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || java.io.File.separatorChar == '\\') {
      // Windows opens no folders; its file system keeps names in its own log.
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Opens a file anew that only its owner may read.
  static FileChannel openPrivate(Path file) throws IOException {
    boolean _ = Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Path _ =
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
  }
}
